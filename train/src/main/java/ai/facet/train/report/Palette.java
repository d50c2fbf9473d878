package ai.facet.train.report;

/** Line colours that can be told apart, also by colour-blind readers (after Okabe and Ito), for light and dark grounds. */
public final class Palette {
    private static final String[] ON_LIGHT = {
        "#0072B2", "#D55E00", "#008F68", "#C0649A", "#B87A00", "#2E93D1", "#8A63D2", "#848A00", "#757575", "#B22222"
    };
    private static final String[] ON_DARK = {
        "#4CA3DD", "#F07F33", "#2BBF8F", "#E09BC2", "#F0B429", "#7CCBF5", "#B294F0", "#C3C93A", "#A8A8A8", "#F0716B"
    };

    private Palette() {}

    /** For plots on white: hexadecimal, {@code #RRGGBB}. */
    public static String colour(int index) {
        return ON_LIGHT[index % ON_LIGHT.length];
    }

    /** For pages: a CSS value that suits the reader's choice of light or dark; see {@link #css}. */
    public static String variable(int index) {
        return "var(--series-" + index % ON_LIGHT.length + ")";
    }

    /** The CSS that {@link #variable} needs. */
    static String css() {
        return ":root { " + properties(ON_LIGHT) + "}\n@media (prefers-color-scheme: dark) { :root { "
                + properties(ON_DARK) + "} }\n";
    }

    private static String properties(String[] colours) {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < colours.length; i++) {
            css.append("--series-").append(i).append(": ").append(colours[i]).append("; ");
        }
        return css.toString();
    }
}
