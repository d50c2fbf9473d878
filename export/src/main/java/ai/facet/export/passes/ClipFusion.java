package ai.facet.export.passes;

import ai.facet.export.graph.Clip;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Unary;
import java.util.List;

/** DJL's relu6 is {@code minimum(relu(x), 6)}: one clip, which runtimes fuse into the convolution before it. */
final class ClipFusion implements Rewriter {
    @Override
    public Node rewrite(Node node, Context context) {
        if (node.op() instanceof Clip clip
                && clip.max() >= 0
                && node.input(0).op() instanceof Unary unary
                && unary.kind() == Unary.Kind.RELU) {
            Clip fused = new Clip(Math.max(0, clip.min()), clip.max());
            return new Node(fused, List.of(node.input(0).input(0)), node.shape(), node.type());
        }
        return node;
    }
}
