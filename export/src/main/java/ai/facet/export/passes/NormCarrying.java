package ai.facet.export.passes;

import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.MaxPool;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import ai.facet.export.graph.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batch norms before a ReLU and convolutions, as in pre-activation units (He et al., 2016), go away where every factor is
 * positive: {@code Conv(relu(s * x + b), w) = Conv(relu(x + b / s), w * s)}, also with zero padding. The shift {@code b / s} is
 * carried by what comes before: by the bias of a convolution, through sums and maxima, which let a constant of each channel
 * pass. So the residual stream runs shifted, each unit's last convolution makes up for the difference to the next norm, and
 * norms that cannot go get their mean shifted. Exact up to rounding.
 */
final class NormCarrying {
    /**
     * How many standard deviations of the data a shift may reach beyond the mean, {@code |beta| / gamma}. A larger one would
     * cost every other reader of the stream bits of its floats and, in int8, steps of its range.
     */
    private static final double MOST_SPREADS = 8;

    private final Graph graph;
    private final Map<Node, List<Node>> readers = new HashMap<>();
    private final Map<Node, Node> replaced = new HashMap<>();
    /** What a replaced node is too large by, for each channel; absent is nothing. */
    private final Map<Node, double[]> shifts = new HashMap<>();
    /** Of a removed norm: what its ReLU's convolutions are to multiply their weights by. */
    private final Map<Node, double[]> factors = new HashMap<>();

    private final Map<Node, Node> unshifted = new HashMap<>();

    private NormCarrying(Graph graph) {
        this.graph = graph;
    }

    static Graph apply(Graph graph) {
        return new NormCarrying(graph).run();
    }

    private Graph run() {
        for (Node node : graph.nodes()) {
            node.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>())
                            .add(node));
        }
        for (Node node : graph.nodes()) {
            replaced.put(node, replacement(node));
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, unshifted(node)));
        return new Graph(graph.inputs(), outputs);
    }

    private Node replacement(Node node) {
        if (node.op() instanceof Convolution) {
            return convolution(node);
        }
        if (node.op() instanceof BatchNorm norm) {
            return norm(node, norm);
        }
        if (isSum(node)) {
            return sum(node);
        }
        if (node.op() instanceof MaxPool) {
            carry(node, shifts.get(node.input(0)));
            return node.withInputs(List.of(now(node.input(0))));
        }
        if (node.op() instanceof Unary unary && unary.kind() == Unary.Kind.RELU && factors.containsKey(node.input(0))) {
            factors.put(node, factorsOf(node.input(0)));
            return node.withInputs(List.of(now(node.input(0))));
        }
        return withInputs(node, node.inputs().stream().map(this::unshifted).toList());
    }

    /** A convolution multiplies its weights by the factors of a removed norm and takes a wanted shift into its bias. */
    private Node convolution(Node node) {
        List<Node> inputs = new ArrayList<>(node.inputs());
        double[] scale = factors.get(node.input(0));
        double[] before = shifts.get(node.input(0));
        boolean intoBias = before != null && letsShiftsPass(node);
        inputs.set(0, scale == null && !intoBias ? unshifted(node.input(0)) : now(node.input(0)));
        if (scale != null) {
            Tensor weight = constant(node.input(1));
            inputs.set(1, Node.constant(scaled(weight, scale, ((Convolution) node.op()).groups())));
        } else if (before != null && intoBias) {
            absorb(inputs, negated(through(node, before)));
        }
        double[] wanted = wantedShift(node);
        if (wanted != null && canAbsorb(node)) {
            absorb(inputs, wanted);
            shifts.put(node, wanted);
        }
        return withInputs(node, inputs);
    }

    /** One of the two may be a convolution that only this sum reads: its bias makes up for the next norm's shift. */
    private Node sum(Node node) {
        double[] first = shifts.get(node.input(0));
        double[] second = shifts.get(node.input(1));
        List<Node> inputs = new ArrayList<>(List.of(now(node.input(0)), now(node.input(1))));
        double[] carried = plus(first, second);
        double[] wanted = wantedShift(node);
        double[] missing = plus(wanted, carried == null ? null : negated(carried));
        for (int i = 0; missing != null && i < inputs.size(); i++) {
            Node before = node.input(i);
            if (before.op() instanceof Convolution && readersOf(before) == 1 && canAbsorb(before)) {
                List<Node> absorbed = new ArrayList<>(inputs.get(i).inputs());
                absorb(absorbed, missing);
                inputs.set(i, inputs.get(i).withInputs(absorbed));
                carried = wanted; // null if no norm wants one: the stream is as it was
                missing = null;
            }
        }
        carry(node, carried);
        return node.withInputs(inputs);
    }

    private Node norm(Node node, BatchNorm norm) {
        double[] shift = shifts.get(node.input(0));
        double[] wanted = shiftOf(node);
        if (wanted != null && shift != null && Arrays.equals(shift, wanted)) {
            factors.put(node, scale(node, norm));
            return now(node.input(0));
        }
        if (shift == null || !hasConstants(node)) {
            return withInputs(node, node.inputs().stream().map(this::unshifted).toList());
        }
        Tensor mean = constant(node.input(3));
        List<Node> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, now(node.input(0)));
        inputs.set(3, Node.constant(Tensor.vector(mean.name() + "_carried", added(mean.values(), shift))));
        return node.withInputs(inputs);
    }

    /** What a norm that may go adds to its data, {@code beta / s - mean} for each channel; null if it has to stay. */
    private double @Nullable [] shiftOf(Node node) {
        if (!(node.op() instanceof BatchNorm norm) || !hasConstants(node) || !feedsConvolutionsAlone(node)) {
            return null;
        }
        double[] scale = scale(node, norm);
        float[] gamma = constant(node.input(1)).values();
        float[] beta = constant(node.input(2)).values();
        float[] mean = constant(node.input(3)).values();
        double[] shift = new double[scale.length];
        for (int c = 0; c < shift.length; c++) {
            if (!(gamma[c] > 0 && Math.abs(beta[c]) <= MOST_SPREADS * gamma[c])) {
                return null;
            }
            shift[c] = beta[c] / scale[c] - mean[c];
        }
        return shift;
    }

    private static boolean hasConstants(Node node) {
        return node.shape().size() == 4
                && node.inputs().subList(1, 5).stream().allMatch(i -> BatchNormFolding.constant(i) != null);
    }

    /** Nothing but a ReLU reads it, and nothing but convolutions with constant weights read that. */
    private boolean feedsConvolutionsAlone(Node norm) {
        List<Node> next = readers.getOrDefault(norm, List.of());
        if (next.size() != 1
                || graph.outputs().containsValue(norm)
                || !(next.get(0).op() instanceof Unary unary)
                || unary.kind() != Unary.Kind.RELU) {
            return false;
        }
        Node relu = next.get(0);
        return !graph.outputs().containsValue(relu)
                && readers.getOrDefault(relu, List.of()).stream()
                        .allMatch(reader -> reader.op() instanceof Convolution
                                && reader.input(0).equals(relu)
                                && BatchNormFolding.constant(reader.input(1)) != null);
    }

    /** The shift that the first norm behind a node, itself or behind maxima, would like to find there. */
    private double @Nullable [] wantedShift(Node node) {
        for (Node reader : readers.getOrDefault(node, List.of())) {
            double[] wanted = reader.op() instanceof MaxPool ? wantedShift(reader) : shiftOf(reader);
            if (wanted != null) {
                return wanted;
            }
        }
        return null;
    }

    /** Without padding, a constant of each channel before a convolution is a constant of each channel behind it. */
    private static boolean letsShiftsPass(Node node) {
        return node.op() instanceof Convolution convolution
                && convolution.padding().stream().allMatch(p -> p == 0)
                && BatchNormFolding.constant(node.input(1)) != null
                && canAbsorb(node);
    }

    /** What a convolution makes of a shift. */
    private static double[] through(Node node, double[] shift) {
        Tensor weight = constant(node.input(1));
        int out = weight.shape().get(0).intValue();
        int inOfGroup = weight.shape().get(1).intValue();
        int kernel = weight.values().length / (out * inOfGroup);
        int outOfGroup = (int) (out / ((Convolution) node.op()).groups());
        double[] result = new double[out];
        for (int i = 0; i < weight.values().length; i++) {
            int channel = i / (kernel * inOfGroup);
            result[channel] += weight.values()[i] * shift[channel / outOfGroup * inOfGroup + i / kernel % inOfGroup];
        }
        return result;
    }

    private static boolean canAbsorb(Node convolution) {
        return convolution.shape().size() == 4
                && (convolution.inputs().size() < 3 || BatchNormFolding.constant(convolution.input(2)) != null);
    }

    private static void absorb(List<Node> inputs, double[] shift) {
        Tensor bias = inputs.size() > 2 ? constant(inputs.get(2)) : null;
        String name = bias != null ? bias.name() : constantName(inputs.get(1)) + "_bias";
        float[] before = bias != null ? bias.values() : new float[shift.length];
        Node carried = Node.constant(Tensor.vector(name + "_carried", added(before, shift)));
        if (bias == null) {
            inputs.add(carried);
        } else {
            inputs.set(2, carried);
        }
    }

    private static String constantName(Node node) {
        Tensor tensor = BatchNormFolding.constant(node);
        return tensor == null ? "convolution" : tensor.name();
    }

    /** A sum of two maps; adding a constant is none. */
    private static boolean isSum(Node node) {
        return node.op() instanceof Binary binary
                && binary.kind() == Binary.Kind.ADD
                && node.shape().size() == 4
                && node.inputs().stream().allMatch(input -> input.shape().equals(node.shape()));
    }

    private int readersOf(Node node) {
        return readers.getOrDefault(node, List.of()).size() + (graph.outputs().containsValue(node) ? 1 : 0);
    }

    private void carry(Node node, double @Nullable [] shift) {
        if (shift != null) {
            shifts.put(node, shift);
        }
    }

    private Node now(Node node) {
        return replaced.getOrDefault(node, node);
    }

    /** The replacement with its shift taken away, for readers that let none pass. */
    private Node unshifted(Node node) {
        double[] shift = shifts.get(node);
        if (shift == null) {
            return now(node);
        }
        return unshifted.computeIfAbsent(node, shifted -> {
            float[] values = added(new float[shift.length], negated(shift));
            Node constant =
                    Node.constant(new Tensor("carried_back", List.of(1L, (long) values.length, 1L, 1L), values));
            return new Node(
                    new Binary(Binary.Kind.ADD), List.of(now(shifted), constant), shifted.shape(), shifted.type());
        });
    }

    private static Node withInputs(Node node, List<Node> inputs) {
        return node.inputs().equals(inputs) ? node : node.withInputs(inputs);
    }

    private double[] factorsOf(Node node) {
        double[] found = factors.get(node);
        if (found == null) {
            throw new IllegalStateException("no factors for " + node);
        }
        return found;
    }

    private static double[] scale(Node node, BatchNorm norm) {
        float[] gamma = constant(node.input(1)).values();
        float[] variance = constant(node.input(4)).values();
        double[] scale = new double[gamma.length];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = gamma[c] / Math.sqrt((double) variance[c] + norm.epsilon());
        }
        return scale;
    }

    /** Weight {@code [out, in / groups, ...]} times a factor for each input channel. */
    private static Tensor scaled(Tensor weight, double[] factors, long groups) {
        int out = weight.shape().get(0).intValue();
        int inOfGroup = weight.shape().get(1).intValue();
        int kernel = weight.values().length / (out * inOfGroup);
        int outOfGroup = (int) (out / groups);
        float[] values = new float[weight.values().length];
        for (int i = 0; i < values.length; i++) {
            int group = i / (kernel * inOfGroup) / outOfGroup;
            values[i] = (float) (weight.values()[i] * factors[group * inOfGroup + i / kernel % inOfGroup]);
        }
        return weight.withValues(weight.name() + "_normed", values);
    }

    private static Tensor constant(Node node) {
        Tensor tensor = BatchNormFolding.constant(node);
        if (tensor == null) {
            throw new IllegalStateException("a constant is computed: " + node);
        }
        return tensor;
    }

    private static float[] added(float[] values, double[] shift) {
        float[] sum = new float[values.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (values[i] + shift[i]);
        }
        return sum;
    }

    /** Absent is nothing. */
    private static double @Nullable [] plus(double @Nullable [] a, double @Nullable [] b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static double[] negated(double[] shift) {
        return Arrays.stream(shift).map(s -> -s).toArray();
    }
}
