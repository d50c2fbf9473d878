package ai.facet.export.trace;

import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Op;
import ai.facet.export.graph.Reshape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one graph with a dynamic batch of two traces with different batches. */
final class TraceMerge {
    private final int firstBatch;
    private final int secondBatch;
    private final Map<Node, Node> merged = new HashMap<>();
    private final Map<Node, Node> partners = new HashMap<>();

    TraceMerge(int firstBatch, int secondBatch) {
        this.firstBatch = firstBatch;
        this.secondBatch = secondBatch;
    }

    Graph merge(Graph first, Graph second) {
        List<Node> as = first.nodes();
        List<Node> bs = second.nodes();
        if (as.size() != bs.size()
                || !first.outputs().keySet().equals(second.outputs().keySet())) {
            throw new TraceException("the Block computes differently for batch " + firstBatch + " (" + as.size()
                    + " steps) and batch " + secondBatch + " (" + bs.size() + " steps); expected the same steps");
        }
        for (int i = 0; i < as.size(); i++) {
            merged.put(as.get(i), merge(as.get(i), bs.get(i)));
            partners.put(as.get(i), bs.get(i));
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        first.outputs().forEach((name, node) -> outputs.put(name, find(node)));
        return new Graph(first.inputs().stream().map(this::find).toList(), outputs);
    }

    private Node merge(Node a, Node b) {
        List<Long> shape = shape(a, b);
        Op op = a.op();
        if (op instanceof Reshape && b.op() instanceof Reshape) {
            op = new Reshape(shape);
        } else if (!op.equals(b.op())) {
            throw inconsistent(a, b);
        }
        if (a.type() != b.type() || a.inputs().size() != b.inputs().size()) {
            throw inconsistent(a, b);
        }
        for (int i = 0; i < a.inputs().size(); i++) {
            if (!b.input(i).equals(partners.get(a.input(i)))) {
                throw inconsistent(a, b);
            }
        }
        return new Node(op, a.inputs().stream().map(this::find).toList(), shape, a.type());
    }

    private Node find(Node node) {
        Node found = merged.get(node);
        if (found == null) {
            throw new IllegalStateException("nodes come after their inputs: " + node);
        }
        return found;
    }

    private List<Long> shape(Node a, Node b) {
        List<Long> shape = new ArrayList<>();
        if (a.shape().size() != b.shape().size()) {
            throw inconsistent(a, b);
        }
        for (int i = 0; i < a.shape().size(); i++) {
            long one = a.shape().get(i);
            long two = b.shape().get(i);
            boolean batch = one == firstBatch && two == secondBatch && !shape.contains(Node.BATCH);
            if (one != two && !batch) {
                throw new TraceException(a.op() + " gives the shape " + a.shape() + " for batch " + firstBatch + " and "
                        + b.shape() + " for batch " + secondBatch
                        + "; expected the batch as one axis of its own. Reshape so that the batch stays apart");
            }
            shape.add(batch ? Node.BATCH : one);
        }
        return shape;
    }

    private TraceException inconsistent(Node a, Node b) {
        return new TraceException("the Block computes " + a + " for batch " + firstBatch + " but " + b + " for batch "
                + secondBatch + "; expected the same step. Only shapes may depend on the batch");
    }
}
