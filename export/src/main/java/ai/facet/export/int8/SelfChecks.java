package ai.facet.export.int8;

import ai.facet.description.ModelDescription;
import ai.facet.prediction.Int8Check;
import ai.facet.serve.inference.BatchOutput;
import ai.facet.serve.inference.OnnxModel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the drawn pictures of an {@link Int8Check}: of many, those whose answers are the clearest, so that the last bit
 * of a rounding does not change them, while wrong arithmetic does.
 */
public final class SelfChecks {
    private static final int DRAWN = 64;

    private SelfChecks() {}

    /** A drawn picture with its answers, and the smallest distance of a first from a second class. */
    private record Candidate(long seed, int[] classes, double margin) {}

    /** The check of an int8 model on this machine. */
    public static Int8Check of(OnnxModel integers) {
        ModelDescription description = integers.description();
        int widthPx = description.preprocessing().widthPx();
        int heightPx = description.preprocessing().heightPx();
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(description.preprocessing().imageBytes());
        List<Candidate> candidates = new ArrayList<>();
        for (long seed = 0; seed < DRAWN; seed++) {
            pixels.clear().put(Int8Check.pixels(seed, widthPx, heightPx));
            candidates.add(candidate(seed, integers.run(pixels, 1)));
        }
        candidates.sort(Comparator.comparingDouble(c -> -c.margin())); // stable: of equal ones the first
        List<Candidate> clearest = candidates.subList(0, Int8Check.PICTURES);
        return new Int8Check(
                clearest.stream().map(Candidate::seed).toList(),
                clearest.stream().map(Candidate::classes).toList());
    }

    private static Candidate candidate(long seed, BatchOutput output) {
        int[] classes = new int[output.logits().size()];
        double smallest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < classes.length; a++) {
            float[] logits = output.logits().get(a);
            classes[a] = Int8Evaluation.largest(logits);
            for (int c = 0; c < logits.length; c++) {
                smallest = c == classes[a] ? smallest : Math.min(smallest, logits[classes[a]] - logits[c]);
            }
        }
        return new Candidate(seed, classes, smallest);
    }
}
