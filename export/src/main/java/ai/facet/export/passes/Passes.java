package ai.facet.export.passes;

import ai.facet.export.graph.Graph;
import java.util.List;

/** The passes in their order. */
public final class Passes {
    private static final List<Rewriter> ORDER =
            List.of(new IdentityRemoval(), new BatchNormFolding(), new InputScaleFolding(), new ClipFusion());

    private Passes() {}

    /** The graph for inference: same input, same outputs up to rounding. */
    public static Graph forInference(Graph graph) {
        Graph current = graph;
        for (Rewriter pass : ORDER) {
            current = Rewriter.apply(current, pass);
        }
        return NormCarrying.apply(current);
    }

    /**
     * The same graph with large weights in 16 bits.
     *
     * @throws IllegalArgumentException naming a weight that is too large for them
     */
    public static Graph withHalfWeights(Graph inference) {
        return Rewriter.apply(inference, new HalfWeights());
    }

    /** The same graph in a form that int8 kernels can compute: no batch norms are left. */
    public static Graph forIntegers(Graph inference) {
        return Rewriter.apply(inference, new BatchNormAsConvolution());
    }
}
