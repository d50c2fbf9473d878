package ai.facet.cli;

import java.util.Locale;

/** Counted things: {@code 1 picture}, {@code 1,234 pictures}. */
public final class Plural {
    private Plural() {}

    /** With a noun whose plural ends in s. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    public static String of(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
