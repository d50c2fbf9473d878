package ai.facet.train.report;

import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.sweep.SweepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code facet lr-find --output} writes: {@code lr-find.json}, {@code lr-find.png} and {@code lr-find.html}. */
public final class SweepFiles {
    private SweepFiles() {}

    /** Writes all three into a folder, which may exist. */
    public static void write(Path folder, TrainingConfig config, SweepResult result) throws IOException {
        Files.createDirectories(folder);
        AtomicFiles files = AtomicFiles.real();
        files.writeText(folder.resolve("lr-find.json"), Json.writePretty(result.toJson()));
        files.write(folder.resolve("lr-find.png"), SweepPng.draw(result));
        files.writeText(folder.resolve("lr-find.html"), page(config, result));
    }

    private static String page(TrainingConfig config, SweepResult result) {
        StringBuilder html = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Learning rate</title>
                <style>
                """);
        html.append(HtmlReport.style()).append("</style>\n</head>\n<body>\n<h1>Learning rate</h1>\n");
        html.append(String.format(
                Locale.ROOT,
                "<p class=\"lead\">%s at %d px, %s, %d pictures a step. %s</p>%n<div class=\"charts\">%n",
                Html.escape(config.network().name()),
                config.sizePx(),
                config.optimizer().kind().id(),
                config.batchSize(),
                Html.escape(result.summary())));
        for (int i = 0; i < result.curves().size(); i++) {
            html.append(SweepChart.figure(result, i));
        }
        return html.append("""
                        </div>
                        <footer>Made by Facet. Nothing on this page comes from elsewhere.</footer>
                        </body>
                        </html>
                        """).toString();
    }
}
