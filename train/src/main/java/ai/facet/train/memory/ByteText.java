package ai.facet.train.memory;

import java.util.Locale;

/** Sizes for people: {@code 1.9 GB}, {@code 350 MB}; powers of ten. */
public final class ByteText {
    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private ByteText() {}

    public static String of(long bytes) {
        return bytes >= GIGA
                ? String.format(Locale.ROOT, "%.1f GB", bytes / GIGA)
                : String.format(Locale.ROOT, "%.0f MB", bytes / MEGA);
    }
}
