package ai.facet.export.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * How much of the input one value sees: a window of {@code k} cells that lie {@code j} px apart adds {@code (k - 1) * j} px,
 * and its stride multiplies {@code j} (Araujo et al., Distill 2019). Of several ways through the graph the widest counts.
 *
 * @param sidePx of the square
 * @param stepPx between neighbours
 */
record ReceptiveField(long sidePx, long stepPx) {
    private static final ReceptiveField PIXEL = new ReceptiveField(1, 1);

    /** The largest side in the graph. A global mean is a window as large as its map. */
    static long largest(Graph graph) {
        Map<Node, ReceptiveField> fields = new HashMap<>();
        long largest = 1;
        for (Node node : graph.nodes()) {
            ReceptiveField before = node.inputs().stream()
                    .map(fields::get)
                    .filter(field -> field != null)
                    .reduce(ReceptiveField::widest)
                    .orElse(PIXEL);
            ReceptiveField own = before.after(node);
            if (!(node.op() instanceof Constant) && !(node.op() instanceof IntegerConstant)) {
                fields.put(node, own);
                largest = Math.max(largest, own.sidePx);
            }
        }
        return largest;
    }

    private static ReceptiveField widest(ReceptiveField one, ReceptiveField other) {
        return new ReceptiveField(Math.max(one.sidePx, other.sidePx), Math.max(one.stepPx, other.stepPx));
    }

    private ReceptiveField after(Node node) {
        if (node.op() instanceof Convolution convolution) {
            List<Long> weight = node.input(1).shape();
            List<Long> kernel = weight.subList(2, weight.size());
            long reach = LongStream.range(0, kernel.size())
                    .map(i -> (kernel.get((int) i) - 1) * convolution.dilation().get((int) i) + 1)
                    .max()
                    .orElse(1);
            return window(reach, largest(convolution.stride()));
        }
        if (node.op() instanceof MaxPool pool) {
            return window(largest(pool.kernel()), largest(pool.stride()));
        }
        if (node.op() instanceof AveragePool pool) {
            return window(largest(pool.kernel()), largest(pool.stride()));
        }
        if (node.op() instanceof GlobalAveragePool) {
            List<Long> shape = node.input(0).shape();
            return window(largest(shape.subList(2, shape.size())), 1);
        }
        return this;
    }

    private ReceptiveField window(long cells, long stride) {
        return new ReceptiveField(sidePx + (cells - 1) * stepPx, stepPx * stride);
    }

    private static long largest(List<Long> axes) {
        return axes.stream().mapToLong(Long::longValue).max().orElse(1);
    }
}
