package ai.facet.train.compare;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.FacetCommands;
import ai.facet.json.Json;
import ai.facet.network.Presets;
import ai.facet.train.CompareCommand;
import ai.facet.train.run.RunFolder;
import ai.facet.train.synth.SynthCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class CompareCommandTest {
    private static final String SECOND = "second";

    @TempDir
    static Path shared;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void draw() {
        new CompareCommandTest()
                .execute(
                        new SynthCommand(),
                        List.of("--output", shared.resolve("data").toString(), "--count", "48", "--size", "32"));
    }

    /** What a kill leaves: one network done, of the next a folder without a configuration. */
    @Test
    void theSameCommandGoesOnAfterAKill() throws IOException {
        Path output = shared.resolve("out");
        assertThat(compare(output, "facet-s")).as(err.toString()).isZero();
        String first = Files.readString(output.resolve("results/facet-s.json"));
        Files.createDirectories(output.resolve("networks/" + SECOND));
        Files.writeString(output.resolve("networks/" + SECOND + "/schema.json"), "{");

        assertThat(compare(output, "facet-s," + second())).as(err.toString()).isZero();

        assertThat(output.resolve("results/facet-s.json")).hasContent(first);
        aRunThatIsStillTrainedIsNotDisturbed(output);
        assertThat(out.toString()).containsPattern("second .* 1 of 1\n");
        assertThat(Json.parseObject(Files.readString(output.resolve("comparison.json")), "comparison.json")
                        .objects("networks"))
                .extracting(network -> network.string("network"))
                .containsExactly("facet-s", SECOND);
        assertThat(output.resolve("comparison.png")).isNotEmptyFile();
    }

    private void aRunThatIsStillTrainedIsNotDisturbed(Path output) throws IOException {
        Files.delete(output.resolve("results/second.json"));
        try (RunFolder busy = RunFolder.open(output.resolve("networks/" + SECOND))) {
            assertThat(compare(output, second())).isEqualTo(1);
            assertThat(err.toString()).contains(busy.path() + " is still being trained");
        }
        assertThat(output.resolve("results/second.json")).doesNotExist();
    }

    @Test
    void optionsOfCompareMayNotStandAfterTheDashes() {
        assertThat(compare(shared.resolve("x"), "facet-s", "--", "--size=64")).isEqualTo(2);
        assertThat(err.toString()).contains("--size=64 cannot stand after --");
    }

    @Test
    void aSizeThatOneNetworkCannotTakeIsRefusedBeforeAnythingIsTrained() {
        Path output = shared.resolve("small");

        assertThat(compare(output, "facet-s,bottleneck-skip")).isEqualTo(2);

        assertThat(err.toString())
                .contains("network bottleneck-skip cannot take pictures of 32x32 px", "--size 36 is the smallest");
        assertThat(output).doesNotExist();
    }

    @Test
    void tooFewPicturesAreRefused() {
        assertThat(compare(shared.resolve("x"), "facet-s", "--images", "7")).isEqualTo(2);
        assertThat(err.toString()).contains("--images is 7", "expected at least 8");
    }

    @Test
    void oneNameForTwoNetworksIsRefused() {
        assertThat(compare(shared.resolve("x"), "facet-s,facet-s")).isEqualTo(2);
        assertThat(err.toString()).contains("\"facet-s\" comes twice");
    }

    /** The same network under another name. */
    private static String second() throws IOException {
        String json = Json.writePretty(Presets.byName("facet-s").toJson());
        return Files.writeString(
                        shared.resolve("second.json"),
                        json.replace("\"name\": \"facet-s\"", "\"name\": \"" + SECOND + "\""))
                .toString();
    }

    private int compare(Path output, String networks, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--data", shared.resolve("data/attributes.csv").toString()));
        arguments.addAll(List.of("--output", output.toString(), "--networks", networks, "--threads", "1"));
        arguments.addAll(List.of("--epochs", "1", "--size", "32", "--device", "cpu"));
        arguments.addAll(List.of(more));
        return execute(new CompareCommand(), arguments);
    }

    private int execute(Object command, List<String> arguments) {
        return FacetCommands.commandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
