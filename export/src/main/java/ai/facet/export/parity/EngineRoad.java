package ai.facet.export.parity;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An artifact loaded by one of DJL's engines, as a user of DJL would. One thread at a time. */
public final class EngineRoad implements Road {
    private final String name;
    private final Model model;

    private EngineRoad(String name, Model model) {
        this.name = name;
        this.model = model;
    }

    /** ONNX Runtime. DJL's engine must be the first in the process to create ONNX Runtime's environment. */
    public static EngineRoad onnx(Path file) throws IOException {
        return onnx("onnx", file);
    }

    /** Another ONNX file, under a name of its own. */
    public static EngineRoad onnx(String name, Path file) throws IOException {
        return load(name, "OnnxRuntime", file, Map.of());
    }

    /** ONNX Runtime without its optimisations: pairs of quantize and dequantize are computed in floats, slowly. */
    public static EngineRoad onnxAsWritten(Path file) throws IOException {
        return load("onnx as written", "OnnxRuntime", file, Map.of("optLevel", "NO_OPT"));
    }

    /** libtorch. */
    public static EngineRoad torchScript(Path file) throws IOException {
        return load("torchscript", "PyTorch", file, Map.of());
    }

    private static EngineRoad load(String name, String engine, Path file, Map<String, String> options)
            throws IOException {
        Model model = Model.newInstance(name, engine);
        try {
            model.load(file.toAbsolutePath().getParent(), String.valueOf(file.getFileName()), options);
            return new EngineRoad(name, model);
        } catch (MalformedModelException e) {
            model.close();
            throw new IOException(file + " does not load in " + engine + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, float[]> run(ImageBatch images) {
        try (NDManager batch = model.getNDManager().newSubManager()) {
            NDList input = new NDList(images.array(batch));
            ParameterStore store = new ParameterStore(batch, false);
            NDList outputs = model.getBlock().forward(store, input, false);
            outputs.attach(batch);
            return BlockRoad.outputs(outputs);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
