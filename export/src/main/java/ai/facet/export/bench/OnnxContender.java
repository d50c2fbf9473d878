package ai.facet.export.bench;

import ai.facet.export.parity.ImageBatch;
import ai.facet.schema.Attribute;
import ai.facet.serve.inference.BatchOutput;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of the bundle in ONNX Runtime, as {@code facet serve} runs it. */
final class OnnxContender extends Contender {
    private final OnnxModel model;
    private final ByteBuffer pixels;
    private final int pictures;
    private final long bytes;

    OnnxContender(String name, Path file, ImageBatch batch, int threads) throws IOException {
        super(name);
        model = OnnxModel.open(file, new InferenceOptions(threads, "cpu"));
        pixels = batch.direct();
        pictures = Math.toIntExact(batch.shape().get(0));
        bytes = Files.size(file);
    }

    @Override
    long bytes() {
        return bytes;
    }

    @Override
    Map<String, float[]> logits() {
        pixels.rewind();
        BatchOutput output = model.run(pixels, pictures);
        List<Attribute> attributes = model.description().schema().attributes();
        Map<String, float[]> logits = new LinkedHashMap<>();
        for (int a = 0; a < attributes.size(); a++) {
            logits.put(attributes.get(a).logitsName(), output.logits().get(a));
        }
        return logits;
    }

    @Override
    public void close() {
        model.close();
    }
}
