package ai.facet.annotations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds images that look the same: at most {@value #MAX_BITS} of 64 brightness bits and on average at most
 * {@value #COLOUR_SHARE} of their contrast apart in colour. Both are strict on purpose: pictures of one catalogue share
 * background and framing, and the bits alone would chain a third of such a set together.
 *
 * <p>By the pigeonhole principle two hashes within {@value #MAX_BITS} bits agree in at least one of
 * {@code MAX_BITS + 1} bands, so only images that share a band are compared.
 */
public final class NearDuplicates {
    static final int MAX_BITS = 3;
    static final double COLOUR_SHARE = 0.08;

    /** Colour steps of 255: saving a picture again changes it by less, whatever its contrast. */
    private static final double ALWAYS_ALIKE = 0.5;
    /** Colour steps of 255: beyond this it has another light, however strong its contrast. */
    private static final double NEVER_ALIKE = 3;

    private static final int BANDS = MAX_BITS + 1;
    private static final int BAND_BITS = Long.SIZE / BANDS;

    private NearDuplicates() {}

    /** Two images by index, {@code first < second}, and how far apart they look. */
    public record Pair(int first, int second, int bits, double colour) {}

    /** All pairs, most alike first. Exact copies are among them. */
    public static List<Pair> pairs(List<ImageLook> looks) {
        Set<Long> seen = new HashSet<>();
        List<Pair> pairs = new ArrayList<>();
        for (int band = 0; band < BANDS; band++) {
            addPairs(looks, band * BAND_BITS, seen, pairs);
        }
        pairs.sort(Comparator.comparingInt(Pair::bits)
                .thenComparingDouble(Pair::colour)
                .thenComparingInt(Pair::first)
                .thenComparingInt(Pair::second));
        return pairs;
    }

    private static void addPairs(List<ImageLook> looks, int shift, Set<Long> seen, List<Pair> pairs) {
        long mask = (1L << BAND_BITS) - 1;
        long[] keyed = new long[looks.size()];
        for (int i = 0; i < keyed.length; i++) {
            keyed[i] = (looks.get(i).hash() >>> shift & mask) << Integer.SIZE | i;
        }
        Arrays.sort(keyed);
        for (int a = 0; a < keyed.length; a++) {
            for (int b = a + 1; b < keyed.length && keyed[a] >>> Integer.SIZE == keyed[b] >>> Integer.SIZE; b++) {
                addPair(looks, (int) keyed[a], (int) keyed[b], seen, pairs);
            }
        }
    }

    private static void addPair(List<ImageLook> looks, int first, int second, Set<Long> seen, List<Pair> pairs) {
        int bits = looks.get(first).hammingDistance(looks.get(second));
        if (bits > MAX_BITS) {
            return;
        }
        double colour = looks.get(first).colourDistance(looks.get(second));
        if (colour <= maxColour(looks.get(first), looks.get(second))
                && seen.add((long) first << Integer.SIZE | second)) {
            pairs.add(new Pair(first, second, bits, colour));
        }
    }

    private static double maxColour(ImageLook a, ImageLook b) {
        double share = COLOUR_SHARE * (a.contrast() + b.contrast()) / 2;
        return Math.max(ALWAYS_ALIKE, Math.min(NEVER_ALIKE, share));
    }
}
