package ai.facet.train.data;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.files.WritableFolder;
import ai.facet.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a data set holds and names what is wrong with it. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show what a data set holds and name each bad row.",
            "Reads the CSV and every image: classes and their balance, missing labels, unreadable images, sizes, "
                    + "copies, images that look the same, and those among them whose labels contradict each other."
        },
        footer = {
            "",
            "Exit code: 0 if every row is good, 1 if not, 2 for bad arguments.",
            "Example: facet data inspect persons/annotations.csv --output inspected"
        })
public final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CSV", description = "The annotations.")
    private Path csv = Path.of("");

    @Mixin
    private AnnotationArguments columns = new AnnotationArguments();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Also write report.html, inspect.json and one PNG per attribute here.")
    private @Nullable Path output;

    @Option(names = "--json", description = "Print one JSON document instead of tables.")
    private boolean json;

    @Option(names = "--no-images", description = "Look at the labels alone.")
    private boolean noImages;

    @Option(names = "--allow-bad-rows", description = "End with 0 even if rows are bad.")
    private boolean allowBadRows;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads that decode images (default: one per processor).")
    private int threads;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads < 0) {
            throw UserException.badArguments("--threads is " + threads + "; expected at least 1");
        }
        if (output != null) {
            InspectionFiles.requireOwn(output);
            WritableFolder.require("--output", output);
        }
        int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        Inspection inspection = new DataInspector(columns.toOptions(), workers).inspect(csv, !noImages);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? Json.writePretty(InspectionJson.of(inspection)) : InspectionText.of(inspection));
        out.flush();
        if (output != null) {
            Path report = InspectionFiles.write(inspection, output, AtomicFiles.real());
            spec.commandLine().getErr().println("Report: " + report);
        }
        return inspection.problems().isEmpty() || allowBadRows ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
