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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        assertThat(compare(output, "facet-s", "--seed", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("holds another experiment: seed was 1, is 2");
        assertThat(output.resolve("results/facet-s.json")).hasContent(first);
        aRunThatIsStillTrainedIsNotDisturbed(output);
        assertThat(out.toString()).containsPattern("second .* 1 of 1\n");
        assertThat(names(output)).containsExactly("facet-s", SECOND);
        assertThat(output.resolve("comparison.png")).isNotEmptyFile();
        whatEarlierCallsFinishedStaysInTheReport(output);
    }

    private void whatEarlierCallsFinishedStaysInTheReport(Path output) throws IOException {
        assertThat(compare(output, second())).as(err.toString()).isZero();

        assertThat(names(output)).containsExactly(SECOND, "facet-s");
        assertThat(output.resolve("comparison.csv")).content().contains("\"facet-s\"", "\"second\"");
        assertThat(output.resolve("comparison.html")).content().contains("facet-s", "second");
    }

    private static List<String> names(Path output) throws IOException {
        return Json.parseObject(Files.readString(output.resolve("comparison.json")), "comparison.json")
                .objects("networks")
                .stream()
                .map(network -> network.string("network"))
                .toList();
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
        assertThat(compare(shared.resolve("x"), "facet-s", "--", "--group-column", "person"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--group-column cannot stand after --");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--learning-rate -1 | --learning-rate is -1.0",
                "--optimiser sgd | Unknown options: '--optimiser', 'sgd'; did you mean --optimizer",
                "--focal x | 'x' is not a double",
                "--balance hat | there is no attribute \"hat\"",
                "--unsure-risk 2 | --unsure-risk is 2.0",
                "--mixup 0.1 --mixup 0.2 | --mixup is given 2 times",
                "--init-from none.safetensors | none.safetensors does not exist"
            })
    void whatTrainWouldRefuseIsRefusedBeforeAnythingIsWritten(String options, String message) {
        Path output = shared.resolve("refused");
        List<String> more = new ArrayList<>(List.of("--"));
        more.addAll(List.of(options.split(" ")));

        assertThat(compare(output, "facet-s", more.toArray(String[]::new))).isEqualTo(2);

        assertThat(err.toString()).contains(message);
        assertThat(output).doesNotExist();
    }

    @Test
    void afterAFailureTheReasonIsShownAndOtherSettingsAreTaken() throws IOException {
        Path output = shared.resolve("failed");
        Path noWeights = Files.writeString(shared.resolve("none.safetensors"), "no weights");

        assertThat(compare(output, "facet-s", "--", "--init-from", noWeights.toString()))
                .isEqualTo(1);

        Path log = output.resolve("networks/facet-s.log");
        assertThat(log).content().contains("facet: " + noWeights + ": the header's length");
        assertThat(out.toString()).contains(noWeights + ": the header's length", "(" + log + ")");
        assertThat(compare(output, "facet-s", "--seed", "3")).as(err.toString()).isZero();
        assertThat(output.resolve("experiment.json")).content().contains("\"seed\": 3");
        assertThat(log).content().doesNotContain(noWeights.toString());
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Path output = shared.resolve("other");
        Files.createDirectories(output.resolve("networks"));
        Path theirs = Files.writeString(output.resolve("networks/cables.txt"), "mine");
        Files.writeString(output.resolve("experiment.json"), "{\"name\": \"other\"}");

        assertThat(compare(output, "facet-s")).isEqualTo(2);

        assertThat(err.toString()).contains("is no experiment");
        assertThat(theirs).exists();
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
