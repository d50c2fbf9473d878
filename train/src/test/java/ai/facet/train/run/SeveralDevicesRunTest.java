package ai.facet.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.train.LrFindCommand;
import ai.facet.train.TrainCommand;
import ai.facet.train.synth.SynthCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code facet train --device cpu,cpu}: two replicas on the CPU, which stand for two GPUs. */
@Timeout(240)
class SeveralDevicesRunTest {
    @TempDir
    static Path shared;

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void drawAndTrain() {
        StringWriter err = new StringWriter();
        command(new SynthCommand(), new StringWriter(), err)
                .execute("--output", shared.resolve("data").toString(), "--count", "64", "--size", "32");
        int exit = command(new TrainCommand(), new StringWriter(), err)
                .execute(arguments(shared.resolve("unbroken"), "--device", "cpu,cpu"));
        assertThat(exit).as(err.toString()).isZero();
    }

    @Test
    void theSameRunGivesTheSameBits() throws IOException {
        assertThat(train("--device", "cpu,cpu")).as(err.toString()).isZero();

        assertThat(hashes(temp.resolve("run"))).isEqualTo(hashes(shared.resolve("unbroken")));
    }

    @Test
    void theFilesTellTheDevices() throws IOException {
        Path run = shared.resolve("unbroken");

        assertThat(Files.readString(run.resolve("config.json"))).contains("\"device\": \"cpu,cpu\"");
        assertThat(Files.readString(run.resolve("network.json"))).contains("\"devices\": 2", "\"microBatch\": 4");
        assertThat(Files.readString(run.resolve("report.html"))).contains("2 x CPU, 1 thread", "8 over 2 devices");
    }

    /** facet-s has batch normalisation and dropout, so this is the strictest that can be asked of two replicas. */
    @Test
    void trainsTheWeightsOfMicroBatchesOnOneDevice() throws IOException {
        assertThat(train("--device", "cpu", "--micro-batch", "4"))
                .as(err.toString())
                .isZero();
        Map<String, String> one = hashes(temp.resolve("run"));
        Map<String, String> two = hashes(shared.resolve("unbroken"));

        assertThat(one.keySet()).isEqualTo(two.keySet());
        assertThat(one.keySet()).anyMatch(name -> name.contains("running"));
        one.forEach((name, hash) -> {
            if (!name.contains("running")) {
                assertThat(two.get(name)).as(name).isEqualTo(hash);
            }
        });
    }

    @Test
    void aStoppedRunGoesOnBitForBit() throws IOException {
        assertThat(train("--device", "cpu,cpu", "--max-time", "0.0001"))
                .as(err.toString())
                .isZero();
        assertThat(step()).isPositive().isLessThan(9);

        assertGoesOnAsIfUnbroken();
    }

    @Test
    @SuppressWarnings("ThreadSleep") // another process makes the file
    void aKilledRunNamesItsDevicesAndGoesOnBitForBit() throws Exception {
        Path run = temp.resolve("run");
        Path log = temp.resolve("log");
        Process process = start(log, arguments(run, "--device", "cpu,cpu"));
        while (!Files.exists(run.resolve("last.safetensors")) && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        process.destroyForcibly().waitFor();

        assertThat(Files.readString(log)).contains("facet-s at 32x32 px on 2 x CPU, 1 thread;");
        assertGoesOnAsIfUnbroken();
    }

    @Test
    void anotherNumberOfDevicesNeedsLeave() throws IOException {
        assertThat(train("--device", "cpu,cpu", "--max-time", "0.0001"))
                .as(err.toString())
                .isZero();
        String run = temp.resolve("run").toString();

        assertThat(command(new TrainCommand(), out, err).execute("--resume", run, "--device", "cpu"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("device was \"2 x CPU, 1 thread\", is \"CPU, 1 thread\"", "--allow-different");
        assertThat(command(new TrainCommand(), out, err)
                        .execute("--resume", run, "--device", "cpu", "--allow-different"))
                .as(err.toString())
                .isZero();
        assertThat(step()).isEqualTo(12);
    }

    /** A mean over three is not exact, so what is frozen must stay out of it. */
    @Test
    void frozenPartsStayToTheBitOnThreeDevices() throws IOException {
        Path best = shared.resolve("unbroken").resolve("best.safetensors");
        assertThat(train("--device", "cpu,cpu,cpu", "--init-from", best.toString(), "--freeze", "base"))
                .as(err.toString())
                .isZero();
        Map<String, String> before = hashes(best, Checkpoint.WEIGHTS);
        Map<String, String> after = hashes(temp.resolve("run").resolve("last.safetensors"), Checkpoint.WEIGHTS);

        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, hash) -> {
            if (name.startsWith(Checkpoint.WEIGHTS + "base.")) {
                assertThat(hash).as(name).isEqualTo(before.get(name));
            }
        });
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void sweepsOnSeveralDevices() {
        int exit = command(new LrFindCommand(), out, err)
                .execute(
                        "--data",
                        csv(),
                        "--size",
                        "32",
                        "--batch-size",
                        "8",
                        "--threads",
                        "1",
                        "--steps",
                        "60",
                        "--device",
                        "cpu,cpu");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("valley");
    }

    @ParameterizedTest
    @CsvSource({
        "'cpu,gpu:0', 8, 8, mixes CPU and GPU",
        "'gpu:0,gpu:0', 8, 8, names GPU 0 twice",
        "'gpu:0,gpu:1', 8, 8, PyTorch sees no GPU",
        "'cpu,cpu,cpu', 8, auto, auto cannot choose a micro-batch: several devices are named",
        "'cpu,cpu,cpu', 4, 4, 'a step of 4 pictures in parts of at most 2 leaves one of them 1; expected at least 2'",
    })
    void refusesWrongDevicesBeforeAnyWork(String devices, String batch, String microBatch, String message) {
        assertThat(train("--device", devices, "--batch-size", batch, "--micro-batch", microBatch))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains(message);
        assertThat(temp.resolve("run")).doesNotExist();
    }

    private void assertGoesOnAsIfUnbroken() throws IOException {
        int exit = command(new TrainCommand(), out, err)
                .execute("--resume", temp.resolve("run").toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(hashes(temp.resolve("run"))).isEqualTo(hashes(shared.resolve("unbroken")));
    }

    private long step() throws IOException {
        String state = String.valueOf(
                Checkpoint.read(temp.resolve("run").resolve("last.safetensors")).state());
        return Json.parseObject(state, "facet.state").object("state").integer("step");
    }

    private int train(String... more) {
        return command(new TrainCommand(), out, err).execute(arguments(temp.resolve("run"), more));
    }

    private static String csv() {
        return shared.resolve("data").resolve("attributes.csv").toString();
    }

    private static String[] arguments(Path run, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--data", csv(), "--size", "32", "--epochs", "2", "--threads", "1", "--checkpoint-every", "0.0001"));
        arguments.addAll(List.of("--output", run.toString()));
        if (!List.of(more).contains("--batch-size")) {
            arguments.addAll(List.of("--batch-size", "8"));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static CommandLine command(Object command, StringWriter out, StringWriter err) {
        CommandLine line = FacetCommands.commandLine(command);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line;
    }

    private static Process start(Path log, String[] arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "ai.facet.train.TrainMain",
                "train"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Of weights and optimizer of the last checkpoint, by tensor. */
    private static Map<String, String> hashes(Path run) throws IOException {
        return hashes(run.resolve("last.safetensors"), "");
    }

    private static Map<String, String> hashes(Path checkpoint, String prefix) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (Tensor tensor : Checkpoint.read(checkpoint).tensors().values()) {
            if (tensor.name().startsWith(prefix)) {
                byte[] bytes = new byte[tensor.data().remaining()];
                tensor.data().duplicate().get(bytes);
                hashes.put(tensor.name(), Sha256.of(bytes));
            }
        }
        assertThat(hashes).isNotEmpty();
        return hashes;
    }
}
