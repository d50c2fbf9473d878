package ai.facet.metrics;

/** Text that may stand anywhere in HTML, quoted attributes included. */
public final class HtmlEscape {
    private HtmlEscape() {}

    public static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
