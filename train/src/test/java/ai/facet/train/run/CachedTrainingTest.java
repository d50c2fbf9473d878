package ai.facet.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.checkpoint.Checkpoint;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.train.TrainCommand;
import ai.facet.train.config.RunConfig;
import ai.facet.train.synth.SynthCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Neither a cache nor a micro-batch chosen by memory leaves a trace in the weights. */
@Timeout(120)
class CachedTrainingTest {
    @TempDir
    static Path shared;

    @TempDir
    Path temp;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void drawAndTrainWithoutCache() throws IOException {
        StringWriter messages = new StringWriter();
        FacetCommands.commandLine(new SynthCommand())
                .setErr(new PrintWriter(messages))
                .execute("--output", shared.resolve("data").toString(), "--count", "64", "--size", "32");
        assertThat(train(messages, shared.resolve("plain"), "--no-cache"))
                .as(messages.toString())
                .isZero();
    }

    @Test
    void aRunBrokenOffAndResumedWithACacheIsTheRunWithoutBitForBit() throws IOException {
        String cache = temp.resolve("cache").toString();
        Path run = temp.resolve("run");
        assertThat(train(err, run, "--cache", cache, "--max-time", "0.0001"))
                .as(err.toString())
                .isZero();
        assertThat(RunConfig.read(run).cacheFolder()).isEqualTo(Path.of(cache));

        assertThat(command(err).execute("--resume", run.toString()))
                .as(err.toString())
                .isZero();

        assertThat(weights(run)).isEqualTo(weights(shared.resolve("plain")));
        assertThat(Files.readAllBytes(run.resolve("split.json")))
                .as("looks and hashes from the cache")
                .isEqualTo(Files.readAllBytes(shared.resolve("plain").resolve("split.json")));
        try (Stream<Path> files = Files.list(temp.resolve("cache"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".facet-cache"))).hasSize(1);
        }
    }

    @Test
    void aMicroBatchChosenByMemoryIsKeptAndLeavesNoTrace() throws IOException {
        Path run = temp.resolve("auto");

        assertThat(train(err, run, "--micro-batch", "auto")).as(err.toString()).isZero();

        assertThat(RunConfig.read(run).training().microBatch())
                .as("a small network fits whole")
                .isEqualTo(16);
        assertThat(weights(run)).isEqualTo(weights(shared.resolve("plain")));
        assertThat(Files.readString(run.resolve("network.json"))).contains("memoryEstimate", "keptBytesPerPicture");
        assertThat(Files.readString(run.resolve("report.html"))).contains("MB kept a picture", "estimated");
    }

    @Test
    void refusesBothCacheAndNoCache() {
        assertThat(train(err, temp.resolve("run"), "--cache", "x", "--no-cache"))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--cache and --no-cache exclude each other");
        assertThat(temp).isEmptyDirectory();
    }

    private static int train(StringWriter err, Path run, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--data", shared.resolve("data/attributes.csv").toString(), "--output", run.toString()));
        arguments.addAll(List.of("--size", "32", "--epochs", "2", "--batch-size", "16"));
        arguments.addAll(List.of("--threads", "1", "--device", "cpu"));
        arguments.addAll(List.of(more));
        return command(err).execute(arguments.toArray(String[]::new));
    }

    private static picocli.CommandLine command(StringWriter err) {
        return FacetCommands.commandLine(new TrainCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err));
    }

    private static Map<String, String> weights(Path run) throws IOException {
        Map<String, String> weights = new TreeMap<>();
        Checkpoint.read(run.resolve("last.safetensors"))
                .weights()
                .forEach((name, tensor) -> weights.put(name, Arrays.toString(tensor.toFloats())));
        return weights;
    }
}
