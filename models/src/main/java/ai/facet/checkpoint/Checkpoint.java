package ai.facet.checkpoint;

import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.files.AtomicFiles;
import ai.facet.json.JsonException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network at a moment of its training. Format in the package description.
 *
 * @param description what the network is
 * @param state the trainer's JSON object, or null in a file that only holds weights
 * @param tensors by name, in file order
 */
public record Checkpoint(
        ModelDescription description, @Nullable String state, Map<String, Tensor> tensors) {
    /** Prefix of the network's parameters. */
    public static final String WEIGHTS = "weights/";

    private static final String MODEL = "facet.model";
    private static final String STATE = "facet.state";

    public Checkpoint {
        tensors = new LinkedHashMap<>(tensors);
    }

    /** From tensors with their names. */
    public static Checkpoint of(ModelDescription description, @Nullable String state, List<Tensor> tensors) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> {
            if (byName.put(tensor.name(), tensor) != null) {
                throw new IllegalArgumentException("two tensors are called " + tensor.name());
            }
        });
        return new Checkpoint(description, state, byName);
    }

    /**
     * Reads and checks a whole file.
     *
     * @throws CheckpointException if it is damaged, cut or not one of ours
     */
    public static Checkpoint read(Path file) throws IOException {
        SafetensorsReader reader = SafetensorsReader.read(file);
        String model = reader.metadata().get(MODEL);
        if (model == null) {
            throw new CheckpointException(file + ": the metadata has no " + MODEL
                    + "; expected a checkpoint written by facet train, not another safetensors file");
        }
        if (!reader.metadata().containsKey(SafetensorsReader.HASH)) {
            throw new CheckpointException(file + ": the metadata has no " + SafetensorsReader.HASH
                    + "; expected the hash that facet train writes. Use another checkpoint of the run");
        }
        try {
            ModelDescription description = ModelDescription.parse(model, file + ":" + MODEL);
            return new Checkpoint(description, reader.metadata().get(STATE), reader.tensors());
        } catch (JsonException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()));
        }
    }

    /** The same weights with other temperatures and thresholds, one for each attribute. */
    public Checkpoint withCalibration(List<Calibration> calibration) {
        return new Checkpoint(description.withCalibration(calibration), state, tensors);
    }

    /** The same weights, telling something else about their training. */
    public Checkpoint withProvenance(Map<String, ?> provenance) {
        return new Checkpoint(description.withProvenance(provenance), state, tensors);
    }

    /** Writes the file so that it is there completely or not at all. The same checkpoint gives the same bytes. */
    public void write(Path file, AtomicFiles files) throws IOException {
        files.write(file, this::writeTo);
    }

    /** Writes the file's content; the stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(MODEL, description.toText());
        if (state != null) {
            metadata.put(STATE, state);
        }
        new SafetensorsWriter(metadata, List.copyOf(tensors.values())).writeTo(out);
    }

    /** The network's parameters by path, without the prefix. */
    public Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(WEIGHTS)) {
                weights.put(name.substring(WEIGHTS.length()), tensor);
            }
        });
        return weights;
    }
}
