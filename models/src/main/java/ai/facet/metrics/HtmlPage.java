package ai.facet.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A whole HTML page in one file: readable on light and dark screens, without scripts, offline. */
public final class HtmlPage {
    private static final String THEME = "facet.css";

    private HtmlPage() {}

    /**
     * The page.
     *
     * @param style more CSS after the common one, which defines the colours
     * @param body safe HTML below the title
     */
    public static String of(String title, String style, String body) {
        String safe = HtmlEscape.text(title);
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s%s</style>
                </head>
                <body>
                <h1>%s</h1>
                %s<footer>Made by Facet. Nothing on this page comes from elsewhere.</footer>
                </body>
                </html>
                """.formatted(safe, theme(), style, safe, body);
    }

    /** The common CSS, which defines the colours of light and dark screens. */
    public static String theme() {
        return resource(HtmlPage.class, THEME);
    }

    /** The text of a file beside a class. */
    public static String resource(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
