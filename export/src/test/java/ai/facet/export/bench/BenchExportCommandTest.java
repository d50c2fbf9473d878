package ai.facet.export.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.export.CommandRun;
import ai.facet.export.TestModels;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contenders compute the same network; what they take is nobody's business here. */
class BenchExportCommandTest {
    @TempDir
    Path folder;

    private Path network = Path.of("set before each test");

    @BeforeEach
    void writeNetwork() throws IOException {
        network = Files.writeString(
                folder.resolve("tiny.json"), Json.write(TestModels.tinySpec().toJson()));
    }

    @Test
    void everyContenderAnswersAndIsMeasured() {
        CommandRun run = bench(
                "--network", network + "," + network, "--size", "32", "--batch-size", "2", "--rounds", "2", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonObject json = Json.parseObject(run.out(), "out");
        assertThat(json.string("processor")).isNotBlank();
        assertThat(json.objects("networks")).hasSize(2);
        List<JsonObject> contenders = json.objects("networks").get(0).objects("contenders");
        assertThat(contenders)
                .extracting(c -> c.string("name"))
                .containsExactly("DJL Block", "TorchScript in DJL", "ONNX Runtime fp32", "ONNX Runtime int8");
        assertThat(contenders).allSatisfy(c -> {
            assertThat(c.numbers("millis")).hasSize(2).allMatch(millis -> millis > 0);
            assertThat(c.integer("bytes")).isPositive();
        });
        assertThat(contenders.subList(0, 3))
                .allSatisfy(c -> assertThat(c.number("logitDifference")).isLessThan(1e-4));
        assertThat(contenders.get(2).number("timesAsFastAsFp32")).isEqualTo(1);
    }

    @Test
    void badArgumentsAreNamed() {
        CommandRun rounds = bench("--rounds", "0");
        assertThat(rounds.exitCode()).isEqualTo(2);
        assertThat(rounds.err()).contains("--rounds is 0; expected 1 to 1024");
        assertThat(bench("--network", "resnet-9000").err()).contains("--network resnet-9000");
        CommandRun python =
                bench("--network", network.toString(), "--size", "32", "--rounds", "1", "--python", "/nowhere/python");
        assertThat(python.exitCode()).isEqualTo(2);
        assertThat(python.err()).contains("--python /nowhere/python cannot be started");
    }

    private static CommandRun bench(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "bench";
        args[1] = "export";
        System.arraycopy(more, 0, args, 2, more.length);
        return CommandRun.of(args);
    }
}
