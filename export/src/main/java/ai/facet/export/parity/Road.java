package ai.facet.export.parity;

import java.io.IOException;
import java.util.Map;

/** One way to run a model. */
public interface Road extends AutoCloseable {
    /** What tables call it: {@code djl}, {@code onnx}, {@code torchscript}. */
    String name();

    /** All outputs by name, each {@code [batch, classes]} in row-major order. */
    Map<String, float[]> run(ImageBatch images);

    @Override
    void close();

    /** Loads a road when its turn comes: a model may be as large as what the process may still take. */
    interface Opener {
        Road open() throws IOException;
    }
}
