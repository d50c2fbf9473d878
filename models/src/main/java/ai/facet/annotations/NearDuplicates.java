package ai.facet.annotations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    static final int MAX_PAIRS = 1_000_000;

    /** Colour steps of 255: saving a picture again changes it by less, whatever its contrast. */
    private static final double ALWAYS_ALIKE = 0.5;
    /** Colour steps of 255: beyond this it has another light, however strong its contrast. */
    private static final double NEVER_ALIKE = 3;

    private static final int BANDS = MAX_BITS + 1;
    private static final int BAND_BITS = Long.SIZE / BANDS;

    private NearDuplicates() {}

    /** Two images by index, {@code first < second}, and how far apart they look. */
    public record Pair(int first, int second, int bits, double colour) {}

    /**
     * Pairs, most alike first; of images with exactly the same look only neighbours in the list are paired, and only the
     * first is compared with others, so that thousands of copies cost nothing. At most {@value #MAX_PAIRS} pairs.
     */
    public static List<Pair> pairs(List<ImageLook> looks) {
        List<Pair> pairs = new ArrayList<>();
        int[] representatives = pairSameLooks(looks, pairs);
        for (int band = 0; band < BANDS; band++) {
            addPairs(looks, representatives, band, pairs);
        }
        pairs.sort(Comparator.comparingInt(Pair::bits)
                .thenComparingDouble(Pair::colour)
                .thenComparingInt(Pair::first)
                .thenComparingInt(Pair::second));
        return pairs;
    }

    /** The first image of each look, ascending. */
    private static int[] pairSameLooks(List<ImageLook> looks, List<Pair> pairs) {
        Map<ImageLook, Integer> last = new HashMap<>();
        List<Integer> firsts = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            Integer before = last.put(looks.get(i), i);
            if (before == null) {
                firsts.add(i);
            } else {
                pairs.add(new Pair(before, i, 0, 0));
            }
        }
        return firsts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void addPairs(List<ImageLook> looks, int[] images, int band, List<Pair> pairs) {
        long[] keyed = new long[images.length];
        for (int i = 0; i < keyed.length; i++) {
            keyed[i] = bandOf(looks.get(images[i]), band) << Integer.SIZE | images[i];
        }
        Arrays.sort(keyed);
        for (int a = 0; a < keyed.length; a++) {
            for (int b = a + 1; b < keyed.length && keyed[a] >>> Integer.SIZE == keyed[b] >>> Integer.SIZE; b++) {
                if (pairs.size() >= MAX_PAIRS) {
                    return;
                }
                addPair(looks, (int) keyed[a], (int) keyed[b], band, pairs);
            }
        }
    }

    private static long bandOf(ImageLook look, int band) {
        return look.hash() >>> band * BAND_BITS & (1L << BAND_BITS) - 1;
    }

    private static void addPair(List<ImageLook> looks, int first, int second, int band, List<Pair> pairs) {
        ImageLook one = looks.get(first);
        ImageLook other = looks.get(second);
        int bits = one.hammingDistance(other);
        if (bits > MAX_BITS || agreeBefore(one, other, band)) {
            return;
        }
        double colour = one.colourDistance(other);
        if (colour <= maxColour(one, other)) {
            pairs.add(new Pair(first, second, bits, colour));
        }
    }

    /** Whether an earlier band has compared these two. */
    private static boolean agreeBefore(ImageLook one, ImageLook other, int band) {
        for (int earlier = 0; earlier < band; earlier++) {
            if (bandOf(one, earlier) == bandOf(other, earlier)) {
                return true;
            }
        }
        return false;
    }

    private static double maxColour(ImageLook a, ImageLook b) {
        double share = COLOUR_SHARE * (a.contrast() + b.contrast()) / 2;
        return Math.max(ALWAYS_ALIKE, Math.min(NEVER_ALIKE, share));
    }
}
