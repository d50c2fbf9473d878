package ai.facet.train.synth;

import ai.facet.cli.Plural;
import ai.facet.files.WritableFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet data synth}: draws a data set. */
@Command(
        name = "synth",
        description = {
            "Draw a data set of persons in whom eight attributes can be seen.",
            "The classes are as frequent as in the original project's labels. The same seed gives the same bytes."
        },
        sortOptions = false,
        footer = {"", "Example:", "  facet data synth --count 5000 --size 112 --seed 1 --output runs/persons"})
public final class SynthCommand implements Callable<Integer> {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Folder for images/, attributes.csv, regions.csv and contact-sheet.png.")
    private @Nullable Path output;

    @Option(names = "--count", defaultValue = "1000", description = "Pictures (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--size",
            defaultValue = "224",
            paramLabel = "PX",
            description = "Width and height in pixels (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--seed", defaultValue = "1", description = "Which persons (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--format",
            defaultValue = "JPG",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ImageFormat format = ImageFormat.JPG;

    @Option(names = "--threads", description = "Drawing threads (default: one for each core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--contact-sheet",
            defaultValue = "40",
            paramLabel = "N",
            description = "Pictures on the contact sheet; 0 for none (default: ${DEFAULT-VALUE}).")
    private int contactSheet;

    @Option(names = "--overwrite", description = "Write into a folder that is not empty.")
    private boolean overwrite;

    @Spec
    private CommandSpec spec;

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the specification
    public SynthCommand() {}

    @Override
    public Integer call() throws IOException {
        Path folder = java.util.Objects.requireNonNull(output, "Picocli requires --output");
        WritableFolder.require("--output", folder);
        new SynthWriter(new SynthConfig(folder, count, size, seed, format, threads, contactSheet, overwrite)).write();
        spec.commandLine()
                .getOut()
                .println(folder.resolve(SynthWriter.ANNOTATIONS) + ": " + Plural.of(count, "picture"));
        return 0;
    }
}
