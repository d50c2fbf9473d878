package ai.facet.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code facet lr-find} on drawn pictures. */
@Timeout(120)
class LrFindCommandTest {
    @TempDir
    static Path shared;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void drawAndTrain() {
        assertThat(FacetCommands.commandLine(new SynthCommand())
                        .execute("--output", shared.resolve("data").toString(), "--count", "96", "--size", "32"))
                .isZero();
        assertThat(FacetCommands.commandLine(new TrainCommand())
                        .execute(
                                "--data",
                                csv(),
                                "--size",
                                "32",
                                "--epochs",
                                "1",
                                "--batch-size",
                                "8",
                                "--threads",
                                "1",
                                "--output",
                                shared.resolve("run").toString()))
                .isZero();
    }

    @Test
    void findsTheSameFiniteRatesTwiceAndLeavesNoTrace() throws IOException {
        Map<String, String> before = hashes();

        JsonObject first = find("--batch-size", "8", "--steps", "60");
        JsonObject second = find("--batch-size", "8", "--steps", "60");

        assertThat(Json.write(sweep(first).numbers("losses")))
                .isEqualTo(Json.write(sweep(second).numbers("losses")));
        assertThat(sweep(first).number("valley"))
                .isBetween(1e-7, 10.0)
                .isEqualTo(sweep(second).number("valley"));
        assertThat(sweep(first).number("steepest")).isBetween(1e-7, 10.0);
        assertThat(sweep(first).numbers("losses")).allMatch(Double::isFinite);
        assertThat(first.number("trainingRate")).isEqualTo(0.003 * Math.sqrt(8 / 64.0));
        assertThat(hashes()).isEqualTo(before);
    }

    @Test
    void beginsAtTheWeightsOfACheckpointWithoutChangingIt() throws IOException {
        Map<String, String> before = hashes();
        String best = shared.resolve("run").resolve("best.safetensors").toString();

        double fresh = sweep(swept("--batch-size", "8", "--steps", "60"))
                .numbers("losses")
                .get(0);
        double trained = sweep(swept("--batch-size", "8", "--steps", "60", "--init-from", best))
                .numbers("losses")
                .get(0);

        assertThat(trained).isNotEqualTo(fresh);
        assertThat(hashes()).isEqualTo(before);
    }

    @Test
    void sweepsInMicroBatchesAndBothWays() throws IOException {
        JsonObject whole = find("--batch-size", "8", "--steps", "60", "--no-flip", "--crop", "0", "--rotate", "0");
        JsonObject parts = find(
                "--batch-size",
                "16",
                "--micro-batch",
                "8",
                "--steps",
                "60",
                "--sweep",
                "both",
                "--no-flip",
                "--crop",
                "0",
                "--rotate",
                "0");

        assertThat(parts.objects("sweeps")).hasSize(2);
        double expected = sweep(whole).numbers("losses").get(0);
        double found = sweep(parts).numbers("losses").get(0);
        // the same pictures and weights; only batch normalisation and dropout see other parts
        assertThat(found).isNotEqualTo(expected).isBetween(0.8 * expected, 1.2 * expected);
        assertThat(parts.objects("sweeps").get(1).string("sweep")).isEqualTo("triangular");
    }

    @Test
    void writesAPageAPictureAndNumbers() throws IOException {
        Path output = shared.resolve("plots");

        find("--batch-size", "8", "--steps", "60", "--output", output.toString());

        assertThat(Files.readString(output.resolve("lr-find.html")))
                .contains("<svg", "valley")
                .doesNotContain("NaN");
        assertThat(Files.size(output.resolve("lr-find.png"))).isGreaterThan(5000);
        assertThat(Files.readString(output.resolve("lr-find.json"))).contains("\"smoothed\"");
        assertThat(execute(new StringWriter(), "--output", output.toString())).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("is already there and not empty", "--overwrite");
    }

    /** So small that no weight moves: the losses of the batches differ by chance. */
    @Test
    void recommendsNoRateWhereTheLossNeverFell() throws IOException {
        Path output = shared.resolve("flat");
        StringWriter out = new StringWriter();

        int exit = execute(
                out,
                "--batch-size",
                "8",
                "--steps",
                "30",
                "--from",
                "1e-15",
                "--to",
                "1e-12",
                "--output",
                output.toString());

        assertThat(exit).isEqualTo(ExitCodes.FAILED);
        JsonObject found = Json.parseObject(out.toString(), "output");
        assertThat(found.keys()).contains("byTheOriginalsRule");
        assertThat(found.has("byTheOriginalsRule")).as("null").isFalse();
        assertThat(sweep(found).string("problem")).contains("no rate can be recommended");
        assertThat(Files.readString(output.resolve("lr-find.html")))
                .contains("suggests nothing")
                .doesNotContain("NaN")
                .doesNotContain("--learning-rate");
        assertThat(output.resolve("lr-find.png")).isNotEmptyFile();
    }

    @Test
    void readsPicturesFromACache() throws IOException {
        Path cache = shared.resolve("cache");

        JsonObject plain = find("--batch-size", "8", "--steps", "60", "--no-cache");
        JsonObject cached = find("--batch-size", "8", "--steps", "60", "--cache", cache.toString());

        assertThat(cache).isNotEmptyDirectory();
        assertThat(sweep(cached).numbers("losses")).isEqualTo(sweep(plain).numbers("losses"));
    }

    @Test
    void refusesBadArguments() {
        assertThat(execute(new StringWriter(), "--from", "1", "--to", "0.1")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--from is 1.0 and --to is 0.1");
        assertThat(execute(new StringWriter(), "--smoothing", "1")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
    }

    private JsonObject find(String... more) {
        StringWriter out = new StringWriter();
        assertThat(execute(out, more)).as(err.toString()).isZero();
        return Json.parseObject(out.toString(), "output");
    }

    /** Whether it suggests a rate or not. */
    private JsonObject swept(String... more) {
        StringWriter out = new StringWriter();
        assertThat(execute(out, more)).as(err.toString()).isLessThan(ExitCodes.BAD_ARGUMENTS);
        return Json.parseObject(out.toString(), "output");
    }

    private int execute(StringWriter out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--data", csv(), "--size", "32", "--threads", "1", "--json"));
        arguments.addAll(List.of(more));
        return FacetCommands.commandLine(new LrFindCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private static JsonObject sweep(JsonObject result) {
        return result.objects("sweeps").get(0);
    }

    private static String csv() {
        return shared.resolve("data").resolve("attributes.csv").toString();
    }

    /** Of every file of the data and the run, and the finder's temporary folders. */
    private static Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String folder : List.of("data", "run")) {
            try (Stream<Path> files = Files.walk(shared.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    hashes.put(file.toString(), Sha256.of(file));
                }
            }
        }
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            files.filter(f -> f.getFileName().toString().startsWith("facet-lr-find"))
                    .forEach(f -> hashes.put(f.toString(), "left behind"));
        }
        return hashes;
    }
}
