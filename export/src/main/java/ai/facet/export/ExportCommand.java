package ai.facet.export;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.facet.blocks.ConvolutionCheck;
import ai.facet.blocks.NetworkLoader;
import ai.facet.bundle.ModelBundle;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.export.bundle.AndroidAssets;
import ai.facet.export.bundle.BundleExporter;
import ai.facet.export.bundle.BundleOptions;
import ai.facet.export.bundle.DjlServingFolder;
import ai.facet.export.bundle.ExportSummary;
import ai.facet.export.bundle.StagedFolder;
import ai.facet.export.parity.RealImages;
import ai.facet.export.trace.TraceException;
import ai.facet.files.WritableFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code facet export}: checkpoint to bundle. */
@Command(
        name = "export",
        description = "Export a checkpoint to a bundle with ONNX and TorchScript, and prove that both agree with it.",
        footer = {
            "",
            "Example: facet export --checkpoint runs/people/best.safetensors --output bundles/people",
            "The bundle appears in one step, and only if the logits of DJL, ONNX Runtime and TorchScript agree"
                    + " (exit 3 otherwise)."
        })
final class ExportCommand implements Callable<Integer> {
    private static final Logger LOG = LogManager.getLogger();

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "FILE",
            description = "The trained network: best.safetensors or last.safetensors of a run.")
    private Path checkpoint = Path.of("best.safetensors");

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder of the bundle.")
    private Path output = Path.of("bundle");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name in URLs (default: that of the output folder).")
    private @Nullable String name;

    @Option(
            names = "--images",
            paramLabel = "DIR|CSV",
            description = "Real images for the check, up to 16: a folder, or a CSV with image_path."
                    + " Without it only noise is checked.")
    private @Nullable Path images;

    @Option(
            names = "--explain",
            description = "Also write model.explain.onnx, which gives class maps besides the answers: where in the"
                    + " picture the network looks. For towers that end in a 1x1 convolution and a mean.")
    private boolean explain;

    @Option(
            names = "--fp16",
            description = "Also write model.fp16.onnx, with weights in 16 bits: half the file, computed in 32 bits.")
    private boolean halfWeights;

    @Mixin
    private Int8Arguments int8 = new Int8Arguments();

    @Option(
            names = "--djl-serving",
            paramLabel = "DIR",
            description = "Also write a MODEL_SERVER_HOME for DJL Serving: DIR/models/NAME and the translator's jar in"
                    + " DIR/deps. Start it with scripts/djl-serving.sh DIR.")
    private @Nullable Path djlServing;

    @Option(
            names = "--android",
            paramLabel = "DIR",
            description = "Also put the model into an app's assets, such as android-demo/app/src/main/assets: DIR/model"
                    + " with the floats, and with the int8 model and its check if there is one (--int8): the app uses it"
                    + " where the check agrees.")
    private @Nullable Path android;

    @Option(names = "--overwrite", description = "Replace a bundle that is there.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        int8.check();
        StagedFolder.requireReplaceable(output, overwrite);
        WritableFolder.require("--output", output);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            ConvolutionCheck.require(manager);
            Network network = load(manager);
            ModelDescription description = named(network.description());
            requireOtherFolders(description.name());
            List<byte[]> real = images == null ? List.of() : RealImages.load(images, description.preprocessing());
            BundleOptions options = new BundleOptions(explain, halfWeights, int8.settings(description));
            LOG.info("Tracing {}, writing and checking the artifacts", checkpoint);
            ExportSummary summary =
                    new BundleExporter(network.block(), description, options).write(output, real, overwrite);
            System.out.println(summary.toText());
            writeOtherFolders();
            return 0;
        } catch (TraceException | IllegalArgumentException e) {
            throw UserException.failed(checkpoint + ": " + e.getMessage());
        }
    }

    /** Before anything is traced. */
    private void requireOtherFolders(String modelName) throws IOException {
        if (djlServing != null) {
            StagedFolder.requireReplaceable(new DjlServingFolder(djlServing).model(modelName), overwrite);
            WritableFolder.require("--djl-serving", djlServing);
        }
        if (android != null) {
            StagedFolder.requireReplaceable(new AndroidAssets(android).model(), overwrite);
            WritableFolder.require("--android", android);
        }
    }

    private void writeOtherFolders() throws IOException {
        if (djlServing != null) {
            DjlServingFolder folder = new DjlServingFolder(djlServing);
            ModelBundle bundle = ModelBundle.open(output);
            folder.write(bundle, output, overwrite);
            System.out.println(
                    "DJL Serving " + folder.model(bundle.description().name()));
        }
        if (android != null) {
            AndroidAssets assets = new AndroidAssets(android);
            assets.write(output, overwrite);
            System.out.println("Android " + assets.model());
        }
    }

    /** What is kept of the checkpoint: its own copy of the weights is not needed any more. */
    private record Network(Block block, ModelDescription description) {}

    private Network load(NDManager manager) throws IOException {
        Checkpoint trained = Checkpoint.read(checkpoint);
        return new Network(NetworkLoader.loadBlock(trained, manager), trained.description());
    }

    private ModelDescription named(ModelDescription from) {
        String wanted = name != null
                ? name
                : String.valueOf(output.toAbsolutePath().normalize().getFileName());
        try {
            return new ModelDescription(
                    wanted,
                    from.schema(),
                    from.preprocessing(),
                    from.network(),
                    from.calibration(),
                    from.provenance(),
                    from.licence());
        } catch (IllegalArgumentException e) {
            String which = name != null ? "--name: " : "--output gives the model its name; choose one with --name: ";
            throw UserException.badArguments(which + e.getMessage());
        }
    }
}
