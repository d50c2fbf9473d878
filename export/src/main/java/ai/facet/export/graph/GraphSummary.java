package ai.facet.export.graph;

import java.util.List;
import java.util.Locale;

/**
 * How big a graph is.
 *
 * @param nodes computed values
 * @param parameters float32 constants
 * @param multiplyAdds of convolutions and linear layers, for one image
 * @param receptiveFieldPx side of the input square that one output sees; see {@link ReceptiveField}
 * @param peakActivationBytes for one image; see {@link ActivationMemory}
 */
public record GraphSummary(
        int nodes, long parameters, long multiplyAdds, long receptiveFieldPx, long peakActivationBytes) {
    public static GraphSummary of(Graph graph) {
        List<Node> computed =
                graph.nodes().stream().filter(n -> n.op() instanceof Operation).toList();
        return new GraphSummary(
                computed.size(),
                graph.constants().stream().mapToLong(t -> t.values().length).sum(),
                computed.stream().mapToLong(GraphSummary::multiplyAdds).sum(),
                ReceptiveField.largest(graph),
                ActivationMemory.peakBytes(graph));
    }

    /** For example {@code 44 nodes, 1,771,552 parameters, 18,560.2 M multiply-adds per image}. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "%d nodes, %,d parameters, %,.1f M multiply-adds per image",
                nodes,
                parameters,
                multiplyAdds / 1e6);
    }

    /** Output positions times the weights that each of them multiplies. */
    private static long multiplyAdds(Node node) {
        if (!(node.op() instanceof Convolution) && !(node.op() instanceof Linear)) {
            return 0;
        }
        long positions = node.shape().stream().skip(2).reduce(1L, (a, b) -> a * b);
        return positions * node.input(1).shape().stream().reduce(1L, (a, b) -> a * b);
    }
}
