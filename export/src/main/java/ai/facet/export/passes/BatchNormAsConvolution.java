package ai.facet.export.passes;

import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import java.util.List;

/**
 * A batch norm that no convolution before it could take in, such as one on a residual stream, as a depthwise 1x1
 * convolution: {@code x * s + (beta - mean * s)}. Slower as floats; but there are int8 kernels for convolutions, and with one
 * scale for each channel the single weight of a channel is exact in int8.
 */
final class BatchNormAsConvolution implements Rewriter {
    private static final List<Long> ONES = List.of(1L, 1L);

    @Override
    public Node rewrite(Node node, Context context) {
        if (!(node.op() instanceof BatchNorm norm) || node.shape().size() != 4) {
            return node;
        }
        Tensor gamma = BatchNormFolding.constant(node.input(1));
        Tensor beta = BatchNormFolding.constant(node.input(2));
        Tensor mean = BatchNormFolding.constant(node.input(3));
        Tensor variance = BatchNormFolding.constant(node.input(4));
        if (gamma == null || beta == null || mean == null || variance == null) {
            return node;
        }
        int channels = gamma.values().length;
        float[] scales = new float[channels];
        float[] shifts = new float[channels];
        for (int c = 0; c < channels; c++) {
            double scale = gamma.values()[c] / Math.sqrt((double) variance.values()[c] + norm.epsilon());
            scales[c] = (float) scale;
            shifts[c] = (float) (beta.values()[c] - mean.values()[c] * scale);
        }
        Node weight = Node.constant(new Tensor(gamma.name() + "_scale", List.of((long) channels, 1L, 1L, 1L), scales));
        Node bias = Node.constant(Tensor.vector(gamma.name() + "_shift", shifts));
        return new Node(
                new Convolution(ONES, List.of(0L, 0L), ONES, channels),
                List.of(node.input(0), weight, bias),
                node.shape(),
                node.type());
    }
}
