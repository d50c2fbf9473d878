package ai.facet.train.input;

import java.util.SplittableRandom;

/** Independent seeds derived from the run's seed and from where they are used: nothing needs to be remembered. */
public final class Seeds {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // odd, near 2^64 / golden ratio, as in SplitMix64

    private Seeds() {}

    /** A well-mixed number of the seed and a place such as (purpose, epoch, index). */
    public static long of(long seed, long... place) {
        long mixed = mix(seed + GOLDEN);
        for (long part : place) {
            mixed = mix(mixed + GOLDEN + part * GOLDEN);
        }
        return mixed;
    }

    /** Random numbers for one place. */
    public static SplittableRandom random(long seed, long... place) {
        return new SplittableRandom(of(seed, place));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
