package ai.facet.export.inspect;

import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A checkpoint by its own reader, which checks everything, the hash too. */
final class CheckpointFacts {
    private CheckpointFacts() {}

    static void add(Path file, Map<String, Object> facts) throws IOException {
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (Files.size(file) > most) {
            throw new IOException(file + " has " + Files.size(file) + " bytes; expected at most " + most
                    + ", half of the heap. Give more with FACET_HEAP");
        }
        Checkpoint checkpoint = Checkpoint.read(file);
        DescriptionFacts.add(checkpoint.description(), facts);
        facts.put("parameters", elements(checkpoint.weights()));
        facts.put("optimizerAndOtherValues", elements(checkpoint.tensors()) - elements(checkpoint.weights()));
        facts.put("resumable", checkpoint.state() != null);
        List<Map<String, Object>> tensors = new ArrayList<>();
        checkpoint.tensors().values().forEach(tensor -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("tensor", tensor.name());
            row.put("type", tensor.type().name());
            row.put("shape", tensor.shape());
            tensors.add(row);
        });
        facts.put("tensors", tensors);
    }

    private static long elements(Map<String, Tensor> tensors) {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.data().remaining() / tensor.type().bytes())
                .sum();
    }
}
