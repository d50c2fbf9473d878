package ai.facet.export.int8;

import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.GlobalAveragePool;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Linear;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Reshape;
import ai.facet.export.graph.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A layer whose result, at most averaged over the picture, is an output: {@code output = features * weight' + bias}, where
 * the features are what it reads, averaged over the picture.
 *
 * @param output name of the output
 * @param node a pointwise convolution or a linear layer, with constants for weight and bias
 */
record LastLayer(String output, Node node) {
    /** All that a graph has. */
    static List<LastLayer> of(Graph graph) {
        List<LastLayer> layers = new ArrayList<>();
        Set<Node> found = new HashSet<>();
        graph.outputs()
                .forEach((name, node) ->
                        of(name, node).filter(layer -> found.add(layer.node())).ifPresent(layers::add));
        return layers;
    }

    private static Optional<LastLayer> of(String name, Node output) {
        Node node = output;
        boolean averaged = false;
        while (node.op() instanceof GlobalAveragePool || node.op() instanceof Reshape) {
            averaged |= node.op() instanceof GlobalAveragePool;
            node = node.input(0);
        }
        boolean fits = hasConstants(node)
                && output.shape()
                        .equals(List.of(Node.BATCH, tensor(node, 1).shape().get(0)))
                && (node.op() instanceof Linear || (isPointwise(node) && (averaged || isOnePixel(node))));
        return fits ? Optional.of(new LastLayer(name, node)) : Optional.empty();
    }

    private static boolean hasConstants(Node node) {
        return node.inputs().size() == 3 && node.inputs().stream().skip(1).allMatch(i -> i.op() instanceof Constant);
    }

    private static boolean isPointwise(Node node) {
        return node.op() instanceof Convolution convolution
                && convolution.groups() == 1
                && convolution.stride().stream().allMatch(s -> s == 1)
                && convolution.padding().stream().allMatch(p -> p == 0)
                && tensor(node, 1).shape().stream().skip(2).allMatch(k -> k == 1);
    }

    private static boolean isOnePixel(Node node) {
        return node.shape().stream().skip(2).allMatch(side -> side == 1);
    }

    private static Tensor tensor(Node node, int input) {
        return ((Constant) node.input(input).op()).tensor();
    }

    private int featureCount() {
        return Math.toIntExact(tensor(node, 1).shape().get(1));
    }

    /** What the layer read of one picture, averaged over the picture. */
    double[] features(float[] read) {
        double[] features = new double[featureCount()];
        int pixels = read.length / features.length;
        for (int i = 0; i < read.length; i++) {
            features[i / pixels] += read[i] / (double) pixels;
        }
        return features;
    }

    /** Its weight and bias, each with what takes its place when a correction is added to the output. */
    Map<Node, Node> corrected(RidgeFit correction) {
        Tensor weight = tensor(node, 1);
        Tensor bias = tensor(node, 2);
        float[] weights = weight.values().clone();
        float[] biases = bias.values().clone();
        int features = featureCount();
        for (int o = 0; o < biases.length; o++) {
            biases[o] += (float) correction.shift()[o];
            for (int f = 0; f < features; f++) {
                weights[o * features + f] += (float) correction.slopes()[f][o];
            }
        }
        return Map.of(
                node.input(1), Node.constant(weight.withValues(weight.name() + "_fitted", weights)),
                node.input(2), Node.constant(bias.withValues(bias.name() + "_fitted", biases)));
    }
}
