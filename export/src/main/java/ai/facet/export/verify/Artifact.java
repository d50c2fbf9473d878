package ai.facet.export.verify;

import ai.facet.bundle.ModelBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that computes the logits.
 *
 * @param measure when it agrees with the reference; the reference's own does not count
 */
record Artifact(Path file, Engine engine, Measure measure) {
    /** What is in a bundle. */
    static List<Artifact> listOf(ModelBundle bundle) {
        List<Artifact> artifacts = new ArrayList<>();
        artifacts.add(new Artifact(bundle.onnx(), Engine.ONNX_RUNTIME, Measure.LOGITS));
        artifacts.add(new Artifact(bundle.torchScript(), Engine.TORCHSCRIPT, Measure.LOGITS));
        bundle.explain().ifPresent(file -> artifacts.add(new Artifact(file, Engine.ONNX_RUNTIME, Measure.LOGITS)));
        bundle.halfWeights()
                .ifPresent(file -> artifacts.add(new Artifact(file, Engine.ONNX_RUNTIME, Measure.HALF_WEIGHTS)));
        bundle.int8().ifPresent(file -> artifacts.add(new Artifact(file, Engine.ONNX_RUNTIME, Measure.INT8)));
        artifacts.removeIf(artifact -> !Files.isRegularFile(artifact.file()));
        return artifacts;
    }

    /** The reference first: the checkpoint if there is one, else {@code model.onnx}. */
    static List<Artifact> referenceFirst(ModelBundle bundle, @Nullable Path checkpoint) {
        List<Artifact> artifacts = new ArrayList<>(listOf(bundle));
        if (checkpoint != null) {
            artifacts.add(0, new Artifact(checkpoint, Engine.CHECKPOINT, Measure.LOGITS));
        }
        return artifacts;
    }

    String name() {
        return String.valueOf(file.getFileName());
    }
}
