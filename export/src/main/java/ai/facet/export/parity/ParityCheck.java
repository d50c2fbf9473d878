package ai.facet.export.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same images through several roads, at batch 1, 2 and 7, and compares every pair. One road is open at a time, so
 * the check needs memory for one model.
 */
public final class ParityCheck {
    private final List<Road.Opener> roads;
    private final List<String> outputs;

    /**
     * Roads to compare.
     *
     * @param roads the later ones are the reference of the earlier ones
     * @param outputs names of the logits
     */
    public ParityCheck(List<Road.Opener> roads, List<String> outputs) {
        this.roads = List.copyOf(roads);
        this.outputs = List.copyOf(outputs);
    }

    /**
     * Runs everything.
     *
     * @param seed of the noise
     * @param imageShape height, width, 3
     * @param realImages pixels of real images in that shape; may be empty
     * @throws IOException if a road does not open
     */
    public ParityReport run(long seed, List<Long> imageShape, List<byte[]> realImages) throws IOException {
        CheckInputs inputs = CheckInputs.of(seed, imageShape, realImages);
        List<Answers> answers = new ArrayList<>();
        for (Road.Opener opener : roads) {
            try (Road road = opener.open()) {
                answers.add(answers(road, inputs));
            }
        }
        return new ParityReport(
                differences(answers),
                inputs.noiseImages(),
                realImages.size(),
                CheckInputs.SIZES,
                LogitDifference.TOLERANCE);
    }

    /** The logits of one road. */
    private Answers answers(Road road, CheckInputs inputs) {
        List<Map<String, float[]>> batches = new ArrayList<>();
        for (ImageBatch images : inputs.batches()) {
            Map<String, float[]> results = road.run(images);
            Map<String, float[]> logits = new LinkedHashMap<>();
            for (String output : outputs) {
                logits.put(output, logits(results, output, road));
            }
            batches.add(logits);
        }
        return new Answers(road.name(), batches);
    }

    private static float[] logits(Map<String, float[]> results, String output, Road road) {
        float[] values = results.get(output);
        if (values == null) {
            throw new IllegalArgumentException(
                    road.name() + " has no output " + output + "; it has " + results.keySet());
        }
        return values;
    }

    private List<LogitDifference> differences(List<Answers> answers) {
        List<LogitDifference> differences = new ArrayList<>();
        for (String output : outputs) {
            for (int a = 0; a < answers.size(); a++) {
                for (int b = a + 1; b < answers.size(); b++) {
                    differences.add(answers.get(a).difference(answers.get(b), output));
                }
            }
        }
        return differences;
    }

    /**
     * What a road said.
     *
     * @param batches logits by output, for each batch
     */
    private record Answers(String road, List<Map<String, float[]>> batches) {
        LogitDifference difference(Answers reference, String output) {
            @Nullable LogitDifference sum = null;
            for (int i = 0; i < batches.size(); i++) {
                LogitDifference difference = LogitDifference.of(
                        output, road, logits(i, output), reference.road, reference.logits(i, output));
                sum = sum == null ? difference : sum.plus(difference);
            }
            return Objects.requireNonNull(sum, "a check has a batch");
        }

        private float[] logits(int batch, String output) {
            return Objects.requireNonNull(batches.get(batch).get(output), output);
        }
    }
}
