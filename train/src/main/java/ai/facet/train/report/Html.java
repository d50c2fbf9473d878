package ai.facet.train.report;

/** Text inside HTML and SVG. */
public final class Html {
    private Html() {}

    /** Safe as element content and inside double quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
