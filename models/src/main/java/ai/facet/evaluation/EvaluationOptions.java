package ai.facet.evaluation;

import ai.facet.annotations.CsvOptions;
import ai.facet.annotations.PictureColumnArguments;
import ai.facet.cli.Plural;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.files.WritableFolder;
import ai.facet.json.Json;
import ai.facet.metrics.AccuracyFloors;
import ai.facet.metrics.AttributeMetrics;
import ai.facet.metrics.AttributeMetrics.Verdict;
import ai.facet.metrics.EvaluationReport;
import ai.facet.metrics.HtmlPage;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options of {@code facet evaluate} that do not depend on what is evaluated, for use as a Picocli mixin. Call
 * {@link #floors} before the work, so that a wrong option fails at once, and {@link #publish} after it.
 */
public final class EvaluationOptions {
    public static final String JSON = "evaluation.json";
    public static final String CSV = "evaluation.csv";
    public static final String HTML = "evaluation.html";

    private static final int MOST_THREADS = 256;
    private static final int DEFAULT_MOST_THREADS = 16;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "CSV",
            description = "Pictures and labels, in the form that facet train reads.")
    @Nullable
    Path data;

    @Mixin
    PictureColumnArguments columns = new PictureColumnArguments();

    @Option(
            names = "--min-accuracy",
            paramLabel = "ATTRIBUTE=VALUE",
            split = ",",
            description = "Exit with 3 if the attribute's accuracy is lower, for instance gender=0.8. Repeatable.")
    List<String> minAccuracy = List.of();

    @Option(
            names = "--beat-majority",
            description =
                    "Exit with 3 unless the lower 95 %% bound of every attribute's accuracy is above its majority.")
    boolean beatMajority;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that read pictures and compute. Default: the processors, at most 16.")
    @Nullable
    Integer threads;

    @Option(names = "--skip-bad-images", description = "Leave out pictures that cannot be read instead of stopping.")
    boolean skipBadImages;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Also write " + JSON + ", " + CSV + " and " + HTML + " with confusion matrices.")
    @Nullable
    Path output;

    /** Made by Picocli. */
    public EvaluationOptions() {}

    /** The annotations; Picocli makes sure that they are given. */
    public Path data() {
        if (data == null) {
            throw UserException.badArguments("evaluate needs --data CSV");
        }
        return data;
    }

    /**
     * How many threads to use.
     *
     * @throws UserException (exit 2) if the number asked for is out of range
     */
    public int threads() {
        if (threads == null) {
            return Math.min(DEFAULT_MOST_THREADS, Runtime.getRuntime().availableProcessors());
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw UserException.badArguments("--threads is " + threads + "; expected 1 to " + MOST_THREADS);
        }
        return threads;
    }

    /** Whether pictures that cannot be read are named and left out; otherwise they end the command. */
    public boolean skipBadImages() {
        return skipBadImages;
    }

    /** How to read the CSV for a model with this schema. */
    public CsvOptions csvOptions(AttributeSchema schema) {
        return columns.toColumns().withSchema(schema);
    }

    /**
     * The accuracies to reach. Also makes sure that results can be stored.
     *
     * @throws UserException (exit 2) for an unknown attribute, a value that is no share, or an --output that cannot be
     */
    public AccuracyFloors floors(AttributeSchema schema) {
        if (output != null) {
            WritableFolder.require("--output", output);
        }
        return AccuracyFloors.parse(minAccuracy, schema);
    }

    /**
     * Prints, writes the files, then checks.
     *
     * @param title of the page
     * @throws UserException (exit 3) if a check that was asked for fails
     */
    public void publish(EvaluationReport report, AccuracyFloors floors, String title, PrintWriter out)
            throws IOException {
        out.print(json ? Json.writePretty(report.toJson()) : report.toText());
        out.flush();
        if (output != null) {
            AtomicFiles files = AtomicFiles.real();
            files.writeText(output.resolve(JSON), Json.writePretty(report.toJson()));
            files.writeText(output.resolve(CSV), report.toCsv());
            files.writeText(output.resolve(HTML), HtmlPage.of(title, "", report.toHtml()));
        }
        floors.check(report);
        if (beatMajority) {
            requireAboveMajority(report);
        }
    }

    private static void requireAboveMajority(EvaluationReport report) {
        List<String> failures = report.attributes().stream()
                .filter(a -> a.verdict() != Verdict.ABOVE)
                .map(EvaluationOptions::failure)
                .toList();
        if (!failures.isEmpty()) {
            throw UserException.checkFailed(String.join("\n", failures));
        }
    }

    private static String failure(AttributeMetrics a) {
        return String.format(
                Locale.ROOT,
                "%s: the lower 95 %% bound of accuracy is %.4f on %s; expected above the majority rate %.4f",
                a.attribute().id(),
                a.interval().low(),
                Plural.of(a.images(), "image"),
                a.majorityRate());
    }
}
