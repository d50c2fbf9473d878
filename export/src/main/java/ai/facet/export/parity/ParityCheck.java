package ai.facet.export.parity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends the same images through several roads, at batch 1, 2 and 7, and compares every pair. */
public final class ParityCheck {
    private final List<Road> roads;
    private final List<String> outputs;

    /**
     * Roads to compare.
     *
     * @param roads the later ones are the reference of the earlier ones
     * @param outputs names of the logits
     */
    public ParityCheck(List<? extends Road> roads, List<String> outputs) {
        this.roads = List.copyOf(roads);
        this.outputs = List.copyOf(outputs);
    }

    /**
     * Runs everything.
     *
     * @param seed of the noise
     * @param imageShape height, width, 3
     * @param realImages pixels of real images in that shape; may be empty
     */
    public ParityReport run(long seed, List<Long> imageShape, List<byte[]> realImages) {
        CheckInputs inputs = CheckInputs.of(seed, imageShape, realImages);
        Map<String, LogitDifference> found = new LinkedHashMap<>();
        inputs.batches().forEach(batch -> compare(batch, found));
        return new ParityReport(
                new ArrayList<>(found.values()),
                inputs.noiseImages(),
                realImages.size(),
                CheckInputs.SIZES,
                LogitDifference.TOLERANCE);
    }

    private void compare(ImageBatch images, Map<String, LogitDifference> found) {
        List<Map<String, float[]>> results =
                roads.stream().map(road -> road.run(images)).toList();
        for (String output : outputs) {
            for (int a = 0; a < roads.size(); a++) {
                for (int b = a + 1; b < roads.size(); b++) {
                    LogitDifference difference = LogitDifference.of(
                            output,
                            roads.get(a).name(),
                            logits(results.get(a), output, roads.get(a)),
                            roads.get(b).name(),
                            logits(results.get(b), output, roads.get(b)));
                    found.merge(output + "/" + a + "/" + b, difference, LogitDifference::plus);
                }
            }
        }
    }

    private static float[] logits(Map<String, float[]> results, String output, Road road) {
        float[] values = results.get(output);
        if (values == null) {
            throw new IllegalArgumentException(
                    road.name() + " has no output " + output + "; it has " + results.keySet());
        }
        return values;
    }
}
