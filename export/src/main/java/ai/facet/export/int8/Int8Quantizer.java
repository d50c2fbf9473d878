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
     */
    public record Quantized(Graph graph, long integerConvolutions, long convolutions) {}

    /**
     * Quantises.
     *
     * @param floats with outputs as the artifact is to have them
     * @param imageShape height, width, 3
     * @param scratch a folder for a file that is removed again
     */
    public Quantized quantize(Graph floats, List<Long> imageShape, Path scratch) throws IOException {
        QuantizationPlan plan = QuantizationPlan.of(Passes.forIntegers(floats));
        Map<Node, Range> ranges = new RangeCalibrator(plan.measured(), settings.calibration(), imageShape)
                .run(floats.input(), settings.method(), scratch);
        Graph graph = new QuantizeRewriter(plan, ranges, settings.weightBits()).rewrite();
        return new Quantized(graph, plan.integerConvolutions(), plan.convolutions());
    }
}
