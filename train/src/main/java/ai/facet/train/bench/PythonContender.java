package ai.facet.train.bench;

import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.input.HostBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final String version;

    /**
     * Starts the process and waits until it is ready.
     *
     * @param folder receives the script, the weights and the batch
     * @throws UserException (exit 2) if this Python has no PyTorch
     */
    PythonContender(String python, Setup setup, Workload work, FacetContender weights, int threads, Path folder)
            throws IOException {
        this.setup = setup;
        Path task = write(setup, work, weights, threads, folder);
        ProcessBuilder builder = new ProcessBuilder(
                        python, folder.resolve(SCRIPT).toString(), task.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        if (setup == Setup.AS_INSTALLED) {
            builder.environment().keySet().removeAll(ALLOCATOR);
        }
        process = start(builder, python);
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        version = ready(answers.readLine(), python);
    }

    private static Process start(ProcessBuilder builder, String python) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw UserException.badArguments("--python " + python + " cannot be started: " + e.getMessage());
        }
    }

    private static String ready(@Nullable String line, String python) {
        if (line == null || !line.startsWith("ready ")) {
            throw UserException.badArguments("--python " + python + ": PyTorch did not start (see above); expected a"
                    + " Python that can import torch");
        }
        return line.substring("ready ".length());
    }

    private static Path write(Setup setup, Workload work, FacetContender weights, int threads, Path folder)
            throws IOException {
        try (InputStream script = PythonContender.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IOException(SCRIPT + " is missing in this jar");
            }
            Files.write(folder.resolve(SCRIPT), script.readAllBytes());
        }
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
        return "PyTorch " + version + (setup == Setup.TUNED ? ", tuned" : ", as installed");
    }

    @Override
    public Lap step() throws IOException {
        questions.write("step\n");
        questions.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name() + " ended before its answer; its messages stand above");
        }
        String[] parts = line.split(" ", 2);
        return new Lap(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    @Override
    public void close() throws IOException {
        questions.close(); // the end of its input ends it
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
