package ai.facet.train.bench;

import ai.facet.bench.PythonProcess;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.input.HostBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same network, weights and batch in PyTorch's Python, in a process of its own that computes only when asked. A line
 * {@code step} makes it answer {@code <milliseconds> <loss>}.
 */
final class PythonContender implements Contender {
    private static final String SCRIPT = "pytorch_step.py";
    private static final List<String> ALLOCATOR =
            List.of("LD_PRELOAD", "MALLOC_CONF", "MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_");

    /** How PyTorch is set up. */
    enum Setup {
        /** channels_last, and the allocator that the launcher chose for this process. */
        TUNED,
        /** As pip leaves it. */
        AS_INSTALLED
    }

    private final Setup setup;
    private final PythonProcess python;

    /**
     * Starts the process and waits until it is ready.
     *
     * @param folder receives the script, the weights and the batch
     * @throws UserException (exit 2) if this Python has no PyTorch
     */
    PythonContender(String python, Setup setup, Workload work, FacetContender weights, int threads, Path folder)
            throws IOException {
        this.setup = setup;
        Path script = PythonProcess.unpack(PythonContender.class, SCRIPT, folder);
        Path task = write(setup, work, weights, threads, folder);
        List<String> without = setup == Setup.AS_INSTALLED ? ALLOCATOR : List.of();
        this.python = PythonProcess.start(python, script, task, without, "torch");
    }

    private static Path write(Setup setup, Workload work, FacetContender weights, int threads, Path folder)
            throws IOException {
        Path checkpoint = folder.resolve("weights.safetensors");
        work.checkpoint(weights.weights()).write(checkpoint, AtomicFiles.real());
        HostBatch batch = work.batch();
        byte[] pixels = new byte[batch.pixelsNhwc().remaining()];
        batch.pixelsNhwc().get(pixels);
        Path images = folder.resolve("images.bin");
        Files.write(images, pixels);
        Map<String, Object> task = task(setup, work, threads);
        task.put("checkpoint", checkpoint.toString());
        task.put("images", images.toString());
        task.put("labels", labels(batch));
        Path file = folder.resolve("task-" + setup + ".json");
        Files.writeString(file, Json.write(task));
        return file;
    }

    private static Map<String, Object> task(Setup setup, Workload work, int threads) {
        OptimizerConfig optimizer = work.optimizer();
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("threads", threads);
        task.put("channelsLast", setup == Setup.TUNED);
        task.put("batch", work.batchSize());
        task.put("size", work.sizePx());
        task.put("optimizer", optimizer.kind().id());
        task.put("learningRate", optimizer.learningRate());
        task.put("weightDecay", optimizer.weightDecay());
        task.put("momentum", optimizer.momentum());
        task.put("clipNorm", optimizer.clipNorm());
        return task;
    }

    private static List<List<Integer>> labels(HostBatch batch) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : batch.labels()) {
            rows.add(java.util.Arrays.stream(row).boxed().toList());
        }
        return rows;
    }

    @Override
    public String name() {
        return "PyTorch " + python.version() + (setup == Setup.TUNED ? ", tuned" : ", as installed");
    }

    @Override
    public Lap step() throws IOException {
        String[] parts = python.ask("step").split(" ", 2);
        return new Lap(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    @Override
    public void close() throws IOException {
        python.close();
    }
}
