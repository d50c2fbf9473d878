package ai.facet.export.passes;

import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.GlobalAveragePool;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Linear;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Operation;
import ai.facet.export.graph.Reshape;
import ai.facet.export.graph.Tensor;
import ai.facet.heat.ClassMapGrids;
import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class activation maps of each attribute as a further output {@code <id>_cam} (Zhou et al., 2016).
 *
 * <p>Where a tower ends in a linear layer over channels, {@code W} and {@code b}, and a global mean, in either order,
 * {@code logits[c] = mean(W[c] * maps) + b[c]}. So the maps {@code cam[c] = W[c] * maps}, without the bias, hold
 * everything that the logit is made of, and the logits are computed from them: nothing is computed twice. Grad-CAM
 * weighs each map with the mean of the logit's derivatives by it, here {@code W[c] / cells} everywhere, and thus gives
 * {@code max(0, cam[c]) / cells}; a bias has no derivative by any map.
 */
public final class ClassMaps {
    private static final List<Long> ONE_BY_ONE = List.of(1L, 1L);
    private static final String EXPECTED =
            "; expected a 1x1 convolution to the classes and a global mean at its end, in"
                    + " either order, with nothing but dropout between them";

    private ClassMaps() {}

    /**
     * Adds the maps and {@link Heads}.
     *
     * @param graph with one output {@code [N, classes]} named by the id of each attribute
     * @throws IllegalArgumentException naming the attribute whose tower ends in something else
     */
    public static Graph add(Graph graph, ModelDescription description) {
        Map<String, Node> logits = new LinkedHashMap<>();
        Map<String, Node> maps = new LinkedHashMap<>();
        for (Attribute attribute : description.schema().attributes()) {
            End end = End.find(Heads.logits(graph, attribute), attribute);
            Node map = end.map(attribute);
            maps.put(ClassMapGrids.outputName(attribute), map);
            logits.put(attribute.id(), end.logits(map, attribute));
        }
        Map<String, Node> outputs = new LinkedHashMap<>(
                Heads.add(new Graph(graph.inputs(), logits), description).outputs());
        maps.forEach((name, map) -> {
            if (outputs.putIfAbsent(name, map) != null) {
                throw new IllegalArgumentException("the output of class maps \"" + name
                        + "\" is called as an attribute; rename one of them to export class maps");
            }
        });
        return new Graph(graph.inputs(), outputs);
    }

    /** A tower's end: the maps {@code [N, C, rows, columns]} before it, and the linear layer over their channels. */
    private record End(Node before, Tensor weight, @Nullable Node bias) {
        static End find(Node logits, Attribute attribute) {
            Node last = withoutReshape(logits);
            if (last.op() instanceof GlobalAveragePool) {
                Node linear = last.input(0);
                require(isPointwise(linear), attribute, "its global mean is over the result of " + name(linear));
                return of(linear, linear.input(0), attribute);
            }
            require(isPointwise(last) || last.op() instanceof Linear, attribute, "it ends in " + name(last));
            Node mean = withoutReshape(last.input(0));
            require(
                    mean.op() instanceof GlobalAveragePool,
                    attribute,
                    "its classes are computed from the result of " + name(mean));
            return of(last, mean.input(0), attribute);
        }

        private static End of(Node linear, Node before, Attribute attribute) {
            Tensor weight = BatchNormFolding.constant(linear.input(1));
            if (weight == null || before.shape().size() != 4) {
                throw new IllegalArgumentException(message(attribute, "its class weights are computed"));
            }
            return new End(before, weight, linear.inputs().size() > 2 ? linear.input(2) : null);
        }

        Node map(Attribute attribute) {
            List<Long> shape = new ArrayList<>(before.shape());
            shape.set(1, (long) attribute.classCount());
            List<Long> kernel =
                    List.of((long) attribute.classCount(), before.shape().get(1), 1L, 1L);
            Tensor reshaped = new Tensor(weight.name(), kernel, weight.values());
            return new Node(
                    new Convolution(ONE_BY_ONE, List.of(0L, 0L), ONE_BY_ONE, 1),
                    List.of(before, Node.constant(reshaped)),
                    shape,
                    before.type());
        }

        Node logits(Node map, Attribute attribute) {
            List<Long> shape = List.of(Node.BATCH, (long) attribute.classCount());
            Node mean = new Node(new GlobalAveragePool(2), List.of(map), shape, map.type());
            return bias == null ? mean : new Node(new Binary(Binary.Kind.ADD), List.of(mean, bias), shape, map.type());
        }
    }

    private static Node withoutReshape(Node node) {
        Node current = node;
        while (current.op() instanceof Reshape) {
            current = current.input(0);
        }
        return current;
    }

    private static boolean isPointwise(Node node) {
        return node.op() instanceof Convolution convolution
                && convolution.groups() == 1
                && convolution.stride().equals(ONE_BY_ONE)
                && convolution.padding().equals(List.of(0L, 0L))
                && node.input(1).shape().subList(2, 4).equals(ONE_BY_ONE);
    }

    private static void require(boolean condition, Attribute attribute, String found) {
        if (!condition) {
            throw new IllegalArgumentException(message(attribute, found));
        }
    }

    private static String message(Attribute attribute, String found) {
        return "the tower of attribute " + attribute.id() + " has no class maps: " + found + EXPECTED;
    }

    private static String name(Node node) {
        return node.op() instanceof Operation operation ? operation.name() : "no operation";
    }
}
