package ai.facet.export;

import ai.facet.bundle.ModelBundle;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.export.parity.RealImages;
import ai.facet.export.verify.Verification;
import ai.facet.export.verify.VerifyReport;
import ai.facet.files.AtomicFiles;
import ai.facet.files.WritableFolder;
import ai.facet.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facet verify}: whether a bundle's artifacts agree on this machine. */
@Command(
        name = "verify",
        description = "Check a bundle: its checksums, and that its artifacts agree on fresh inputs on this machine.",
        footer = {
            "",
            "Example: facet verify bundles/people --images photos --checkpoint runs/people/best.safetensors",
            "Each artifact runs in a process of its own. Exit 3 if logits differ by more than 1e-4 * max(1, largest logit),",
            "1 if a file is damaged or cannot be run."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 100_000;

    @Parameters(paramLabel = "BUNDLE", description = "Folder written by facet export.")
    private Path folder = Path.of("bundle");

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "The network that was exported; everything is then compared with it, else with model.onnx.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--images",
            paramLabel = "DIR|CSV",
            description = "Real images besides noise, up to 16: a folder, or a CSV with image_path.")
    private @Nullable Path images;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the noise (default: a new one, which the report names).")
    private @Nullable Long seed;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Runs of one image for the latency, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Longest time for each artifact (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "Also store the report, as JSON.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        requireRange("--rounds", rounds, MOST_ROUNDS);
        requireRange("--timeout", timeout, Integer.MAX_VALUE);
        requireWritable();
        ModelBundle bundle = ModelBundle.open(folder);
        requireSameNetwork(bundle.description());
        List<byte[]> real = images == null
                ? List.of()
                : RealImages.load(images, bundle.description().preprocessing());
        VerifyReport report = Verification.of(bundle, checkpoint, Duration.ofSeconds(timeout), rounds)
                .run(seed == null ? System.nanoTime() : seed, real);
        if (output != null) {
            AtomicFiles.real().writeText(output, Json.writePretty(report.toJson()));
        }
        System.out.print(json ? Json.writePretty(report.toJson()) : report.toText());
        if (!report.passed()) {
            throw UserException.checkFailed(folder + ": " + String.join("; ", report.failures()));
        }
        return ExitCodes.DONE;
    }

    private static void requireRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw UserException.badArguments(option + " is " + value + "; expected 1 to " + most);
        }
    }

    private void requireWritable() {
        if (output != null) {
            Path parent = output.toAbsolutePath().getParent();
            WritableFolder.require("--output", parent == null ? output : parent);
        }
    }

    private void requireSameNetwork(ModelDescription exported) throws IOException {
        if (checkpoint == null) {
            return;
        }
        ModelDescription trained = Checkpoint.read(checkpoint).description();
        if (!trained.schema().equals(exported.schema())
                || !trained.preprocessing().equals(exported.preprocessing())) {
            throw UserException.badArguments("--checkpoint " + checkpoint + " has other attributes, classes or"
                    + " preprocessing than " + folder + "; expected the checkpoint that the bundle was exported from");
        }
    }
}
