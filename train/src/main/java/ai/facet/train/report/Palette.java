package ai.facet.train.report;

/** Line colours that can be told apart on white and on black, also by colour-blind readers (after Okabe and Ito). */
public final class Palette {
    private static final String[] COLOURS = {
        "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A63D2", "#9AA000", "#7F7F7F", "#B22222"
    };

    private Palette() {}

    /** Hexadecimal, {@code #RRGGBB}. */
    public static String colour(int index) {
        return COLOURS[index % COLOURS.length];
    }
}
