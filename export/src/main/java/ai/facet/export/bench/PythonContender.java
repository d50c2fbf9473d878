package ai.facet.export.bench;

import ai.facet.bench.PythonProcess;
import ai.facet.cli.UserException;
import ai.facet.export.parity.ImageBatch;
import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Python's {@code torch.onnx.export} and onnxruntime make of the same network, weights and batch: the whole road from
 * bytes to probabilities as the other contenders have it, or the network alone, on floats that were prepared beforehand.
 */
final class PythonContender extends Contender {
    private static final String SCRIPT = "pytorch_export.py";

    private final PythonProcess python;
    private final Workload work;
    private final String questions;
    private final long bytes;

    private PythonContender(String name, String questions, PythonProcess python, Workload work, long bytes) {
        super("Python" + name + ": " + python.version());
        this.python = python;
        this.work = work;
        this.questions = questions;
        this.bytes = bytes;
    }

    /**
     * Exports in Python and waits until that is done.
     *
     * @return both, of one process that ends with either
     * @param checkpoint with the weights of the others
     * @throws UserException (exit 2) if this Python lacks a library
     */
    static List<Contender> start(String python, Workload work, Path checkpoint, Path folder) throws IOException {
        Path script = PythonProcess.unpack(PythonContender.class, SCRIPT, folder);
        ImageBatch batch = work.batch();
        Path images = Files.write(folder.resolve("images.bin"), batch.bytes());
        Path model = folder.resolve("python.onnx");
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("threads", work.threads());
        task.put("batch", work.batchSize());
        task.put("size", work.description().preprocessing().heightPx());
        task.put("checkpoint", checkpoint.toString());
        task.put("images", images.toString());
        task.put("model", model.toString());
        Path file = Files.writeString(folder.resolve("task.json"), Json.write(task));
        PythonProcess process =
                PythonProcess.start(python, script, file, List.of(), "torch, onnx, onnxscript and onnxruntime");
        long bytes = Files.size(model);
        return List.of(
                new PythonContender("", "whole", process, work, bytes),
                new PythonContender(", network alone", "network", process, work, bytes));
    }

    @Override
    long bytes() {
        return bytes;
    }

    @Override
    Map<String, float[]> logits() throws IOException {
        JsonObject answer = parse(python.ask(questions + " logits"));
        Map<String, float[]> logits = new LinkedHashMap<>();
        for (Attribute attribute : work.description().schema().attributes()) {
            List<Double> values = answer.numbers(attribute.id());
            float[] row = new float[values.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = values.get(i).floatValue();
            }
            logits.put(attribute.logitsName(), row);
        }
        return logits;
    }

    private static JsonObject parse(String line) throws IOException {
        try {
            return Json.parseObject(line, "Python's answer");
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    double manyMillis(int times) throws IOException {
        return Double.parseDouble(python.ask(questions + " " + times)); // measured there: the line's way does not count
    }

    @Override
    public void close() throws IOException {
        python.close();
    }
}
