package ai.facet.export.passes;

import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.Linear;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code BatchNorm(Conv(x, w) + b) = Conv(x, w * s) + (b - mean) * s + beta} with {@code s = gamma / sqrt(variance +
 * epsilon)} per output channel. Exact where nothing else reads the convolution; computed in double precision.
 */
final class BatchNormFolding implements Rewriter {
    @Override
    public Node rewrite(Node node, Context context) {
        if (!(node.op() instanceof BatchNorm norm)) {
            return node;
        }
        Node layer = node.input(0);
        boolean foldable = layer.op() instanceof Convolution || layer.op() instanceof Linear;
        if (!foldable || !context.hasOneReader(layer)) {
            return node;
        }
        Tensor weight = constant(layer.input(1));
        Tensor bias = layer.inputs().size() > 2 ? constant(layer.input(2)) : null;
        if (weight == null || (bias == null && layer.inputs().size() > 2)) {
            return node;
        }
        return fold(norm, node, layer, weight, bias);
    }

    private static Node fold(BatchNorm norm, Node node, Node layer, Tensor weight, @Nullable Tensor bias) {
        float[] gamma = values(node.input(1));
        float[] beta = values(node.input(2));
        float[] mean = values(node.input(3));
        float[] variance = values(node.input(4));
        int perChannel = weight.values().length / gamma.length;
        float[] folded = new float[weight.values().length];
        float[] shifts = new float[gamma.length];
        for (int channel = 0; channel < gamma.length; channel++) {
            double scale = gamma[channel] / Math.sqrt((double) variance[channel] + norm.epsilon());
            double before = bias == null ? 0 : bias.values()[channel];
            shifts[channel] = (float) ((before - mean[channel]) * scale + beta[channel]);
            for (int i = channel * perChannel; i < (channel + 1) * perChannel; i++) {
                folded[i] = (float) (weight.values()[i] * scale);
            }
        }
        Node newWeight = Node.constant(weight.withValues(weight.name() + "_folded", folded));
        Node newBias = Node.constant(Tensor.vector(weight.name() + "_shift", shifts));
        return new Node(layer.op(), List.of(layer.input(0), newWeight, newBias), node.shape(), node.type());
    }

    static @Nullable Tensor constant(Node node) {
        return node.op() instanceof Constant constant ? constant.tensor() : null;
    }

    private static float[] values(Node node) {
        Tensor tensor = constant(node);
        if (tensor == null) {
            throw new IllegalArgumentException("a batch norm's statistics are computed: " + node);
        }
        return tensor.values();
    }
}
