package ai.facet.export.int8;

import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Node;
import ai.facet.export.passes.Passes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes an int8 graph of a float one. */
public final class Int8Quantizer {
    private final Int8Settings settings;

    public Int8Quantizer(Int8Settings settings) {
        this.settings = settings;
    }

    /**
     * The quantised graph.
     *
     * @param convolutions of the graph, of which {@code integerConvolutions} compute with integers
     * @param fittedLayers layers in floats before outputs that were fitted to the integers' features
     */
    public record Quantized(Graph graph, long integerConvolutions, long convolutions, int fittedLayers) {}

    /**
     * Quantises.
     *
     * @param floats with outputs as the artifact is to have them
     * @param imageShape height, width, 3
     * @param scratch a folder for files that are removed again
     */
    public Quantized quantize(Graph floats, List<Long> imageShape, Path scratch) throws IOException {
        Graph prepared = Passes.forIntegers(floats);
        QuantizationPlan plan = QuantizationPlan.of(prepared);
        Map<Node, Range> ranges = new RangeCalibrator(plan.measured(), settings.calibration(), imageShape)
                .run(floats.input(), settings.method(), scratch);
        QuantizeRewriter rewriter = new QuantizeRewriter(plan, ranges, settings.weightBits());
        Graph graph = rewriter.rewrite();
        Map<Node, Node> fitted = new OutputFit(prepared, settings.calibration(), imageShape)
                .run(LastLayer.of(prepared), rewriter, graph, scratch);
        if (!fitted.isEmpty()) {
            graph = new QuantizeRewriter(plan, ranges, settings.weightBits(), fitted).rewrite();
        }
        return new Quantized(graph, plan.integerConvolutions(), plan.convolutions(), fitted.size() / 2);
    }
}
