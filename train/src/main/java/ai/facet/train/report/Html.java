package ai.facet.train.report;

/** Text inside HTML and SVG. */
final class Html {
    private Html() {}

    /** Safe as element content and inside double quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
