package ai.facet.export.passes;

import ai.facet.export.graph.Cast;
import ai.facet.export.graph.Identity;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Reshape;

/** Takes out dropout, copies, and casts and reshapes that change nothing. */
final class IdentityRemoval implements Rewriter {
    @Override
    public Node rewrite(Node node, Context context) {
        return changesNothing(node) ? node.input(0) : node;
    }

    private static boolean changesNothing(Node node) {
        return node.op() instanceof Identity
                || (node.op() instanceof Cast && node.type() == node.input(0).type())
                || (node.op() instanceof Reshape
                        && node.shape().equals(node.input(0).shape()));
    }
}
