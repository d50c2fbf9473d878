package ai.facet.export;

import ai.facet.cli.UserException;
import ai.facet.export.inspect.FactsText;
import ai.facet.export.inspect.GraphSvg;
import ai.facet.export.inspect.ModelInspector;
import ai.facet.files.AtomicFiles;
import ai.facet.files.ModelFileKind;
import ai.facet.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facet inspect}: what is in a model file. */
@Command(
        name = "inspect",
        description = "Show what is in a model file or bundle, without running anything of it.",
        footer = {
            "",
            "Example: facet inspect bundles/people/model.onnx --svg people.svg",
            "Reads ONNX, also of other makers, TorchScript, checkpoints and bundles. A damaged file is one line and exit 1."
        })
final class InspectCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODEL",
            description = "An .onnx file, a TorchScript archive (.pt), a checkpoint (.safetensors) or a bundle.")
    private Path model = Path.of("bundle");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draw the graph of an ONNX file or a bundle's model.onnx.")
    private @Nullable Path svg;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> facts = ModelInspector.inspect(model);
        if (svg != null) {
            AtomicFiles.real().writeText(svg, GraphSvg.of(onnx("--svg")));
        }
        System.out.print(json ? Json.writePretty(facts) : FactsText.of(facts));
        return 0;
    }

    private Path onnx(String option) {
        Path file = ModelFileKind.of(model) == ModelFileKind.BUNDLE ? model.resolve("model.onnx") : model;
        if (!ModelInspector.isOnnx(file)) {
            throw UserException.badArguments(option + ": " + model + " is not ONNX; only ONNX graphs are drawn");
        }
        return file;
    }
}
