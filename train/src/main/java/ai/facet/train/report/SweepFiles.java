package ai.facet.train.report;

import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.report.HtmlReport.Section;
import ai.facet.train.sweep.SweepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        String lead = String.format(
                Locale.ROOT,
                "%s at %d px, %s, %d pictures a step. %s",
                config.network().name(),
                config.sizePx(),
                config.optimizer().kind().id(),
                config.batchSize(),
                result.summary());
        StringBuilder charts = new StringBuilder("<div class=\"charts\">\n");
        for (int i = 0; i < result.curves().size(); i++) {
            charts.append(SweepChart.figure(result, i));
        }
        List<Section> sections =
                List.of(new Section("Sweeps", charts.append("</div>\n").toString()));
        return HtmlReport.page("Learning rate", lead, Map.of(), sections);
    }
}
