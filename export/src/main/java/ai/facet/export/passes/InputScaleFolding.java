package ai.facet.export.passes;

import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Conv(x * s, w) = Conv(x, w * s)} where {@code s} is a constant per input channel: the {@code 1/std} of
 * normalisation. Exact also with zero padding. The mean stays a subtraction: padding keeps it from folding exactly.
 */
final class InputScaleFolding implements Rewriter {
    @Override
    public Node rewrite(Node node, Context context) {
        if (!(node.op() instanceof Convolution convolution) || convolution.groups() != 1) {
            return node;
        }
        Node scaled = node.input(0);
        Tensor weight = BatchNormFolding.constant(node.input(1));
        double[] scale = weight == null ? null : scalePerChannel(scaled);
        if (weight == null || scale == null) {
            return node;
        }
        List<Node> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, scaled.input(0));
        inputs.set(1, Node.constant(weight.withValues(weight.name() + "_scaled", scale(weight, scale))));
        return node.withInputs(inputs);
    }

    private static float[] scale(Tensor weight, double[] scale) {
        long inChannels = weight.shape().get(1);
        int perChannel = (int) (weight.values().length / (weight.shape().get(0) * inChannels));
        float[] scaled = new float[weight.values().length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (weight.values()[i] * scale[(int) (i / perChannel % inChannels)]);
        }
        return scaled;
    }

    /** One factor for each channel if a node multiplies or divides {@code [N, C, ...]} by such a constant. */
    private static double @Nullable [] scalePerChannel(Node node) {
        if (!(node.op() instanceof Binary binary)
                || (binary.kind() != Binary.Kind.MUL && binary.kind() != Binary.Kind.DIV)) {
            return null;
        }
        Tensor constant = BatchNormFolding.constant(node.input(1));
        int channels = node.shape().get(1).intValue();
        if (constant == null || !isPerChannel(constant, channels, node.shape().size()) || !sameShape(node)) {
            return null;
        }
        double[] scale = new double[channels];
        for (int c = 0; c < channels; c++) {
            double value = constant.values()[constant.values().length == 1 ? 0 : c];
            scale[c] = binary.kind() == Binary.Kind.MUL ? value : 1 / value;
        }
        return scale;
    }

    /** A broadcast that enlarges the data would not commute with the convolution. */
    private static boolean sameShape(Node node) {
        return node.shape().equals(node.input(0).shape());
    }

    private static boolean isPerChannel(Tensor constant, int channels, int rank) {
        if (constant.values().length == 1) {
            return true;
        }
        List<Long> shape = constant.shape();
        int channelAxis = shape.size() - (rank - 1);
        return constant.values().length == channels && channelAxis >= 0 && shape.get(channelAxis) == channels;
    }
}
