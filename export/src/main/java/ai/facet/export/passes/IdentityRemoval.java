package ai.facet.export.passes;

import ai.facet.export.graph.Cast;
import ai.facet.export.graph.Identity;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Reshape;

/** Takes out dropout, copies, casts and reshapes that change nothing, and all but the last of reshapes in a row. */
final class IdentityRemoval implements Rewriter {
    @Override
    public Node rewrite(Node node, Context context) {
        Node shortened = node.op() instanceof Reshape && node.input(0).op() instanceof Reshape
                ? node.withInputs(node.input(0).inputs())
                : node;
        return changesNothing(shortened) ? shortened.input(0) : shortened;
    }

    private static boolean changesNothing(Node node) {
        return node.op() instanceof Identity
                || (node.op() instanceof Cast && node.type() == node.input(0).type())
                || (node.op() instanceof Reshape
                        && node.shape().equals(node.input(0).shape()));
    }
}
