package ai.facet.train.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.cli.UserException;
import ai.facet.json.Json;
import ai.facet.train.compare.ChildProcess.Ended;
import ai.facet.train.compare.Experiment.Plan;
import ai.facet.train.compare.NetworkResult.Cost;
import ai.facet.train.compare.NetworkResult.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private static final Map<String, Object> SETTINGS = Map.of("size", 48, "trainOptions", "");
    private static final NetworkResult GOOD = new NetworkResult(
            "small",
            "",
            new Cost(1_234, 20_000_000, 31),
            new Usage(12.5, 20, 480_000_000),
            3,
            2,
            "hash",
            List.of(score(0.9)),
            List.of(score(0.6)));
    private static final NetworkResult BAD =
            NetworkResult.failed("large", "no <memory> left", null, new Usage(0, 3, 0));

    @TempDir
    Path folder;

    @Test
    void theTextHoldsEachNetworkAndWhyOneFailed() {
        String text = ComparisonFiles.text(List.of(GOOD, BAD));

        assertThat(text)
                .containsPattern(
                        "small +1,234 +0\\.02 +31 +12\\.5 s +0\\.48 GB +0\\.900 +0\\.600 +0\\.600 +0\\.600 +2 of 3")
                .contains("large: failed: no <memory> left")
                .containsPattern("small +0\\.600 \\(0\\.900\\)");
    }

    @Test
    void theCsvHasARowForEachSideAndOneForAFailure() {
        List<String> lines = ComparisonFiles.csv(List.of(GOOD, BAD)).lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).startsWith("\"small\",\"age\",\"train\",\"0.9\"");
        assertThat(lines.get(3)).startsWith("\"large\",\"\"").endsWith("\"no <memory> left\"");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(16));
    }

    @Test
    void thePageEscapesFailuresAndShowsSettingsForPeople() throws IOException {
        Plan plan = new Plan(table(), Map.of(), 48, SETTINGS, List.of(), List.of());
        String page = ComparisonHtml.of(List.of(GOOD, BAD), plan);

        assertThat(page)
                .contains("Comparison of 2 networks", "no &lt;memory&gt; left", "<dt>Input, px</dt><dd>48</dd>")
                .contains("small has the highest mean balanced accuracy on validation, 0.600")
                .doesNotContain("<memory>", "Options of facet train");
    }

    @ParameterizedTest
    @CsvSource({"9.8, 10", "0.166, 0.25", "11, 25", "0, 1"})
    void axesEndAtRoundNumbers(double most, double end) {
        assertThat(ComparisonHtml.roundedUp(most)).isEqualTo(end);
    }

    @Test
    void aStoredResultIsReadAsItWas() {
        for (NetworkResult result : List.of(GOOD, BAD)) {
            String text = Json.writePretty(result.toJson());

            assertThat(NetworkResult.fromJson(Json.parseObject(text, "result"))).isEqualTo(result);
        }
    }

    @Test
    void aFolderOfAnotherExperimentIsRefused() throws IOException {
        Path output = folder.resolve("out");
        ExperimentFolder.open(output, table(), SETTINGS).store(GOOD);

        ExperimentFolder.open(output, table(), SETTINGS);
        assertThatThrownBy(() -> ExperimentFolder.open(output, table(), Map.of("size", 64, "trainOptions", "")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("holds another experiment: size was 48, is 64");
    }

    /** Nothing is lost with them. */
    @Test
    void otherSettingsAreTakenWhereNoNetworkHasLearned() throws IOException {
        Path output = folder.resolve("out");
        ExperimentFolder before = ExperimentFolder.open(output, table(), SETTINGS);
        before.store(BAD);
        Files.createDirectories(before.run("large"));
        Files.writeString(before.run("large").resolve("config.json"), "{}");

        ExperimentFolder after = ExperimentFolder.open(output, table(), Map.of("size", 64, "trainOptions", ""));

        assertThat(after.run("large")).doesNotExist();
        assertThat(after.result("large")).isNull();
        Files.createDirectories(after.run("large"));
        Files.writeString(after.run("large").resolve("last.safetensors"), "weights");
        assertThatThrownBy(() -> ExperimentFolder.open(output, table(), SETTINGS))
                .hasMessageContaining("size was 64, is 48");
    }

    @Test
    void aFolderWithOtherFilesIsRefused() throws IOException {
        Files.writeString(folder.resolve("note.txt"), "mine");

        assertThatThrownBy(() -> ExperimentFolder.open(folder, table(), SETTINGS))
                .hasMessageContaining("is already there and is no experiment");
    }

    @Test
    void thePeakIsReadFromTheProcessStatus() {
        assertThat(PeakMemory.parse("VmPeak:\t 99 kB\nVmHWM:\t  1234 kB\n")).isEqualTo(1234 * 1024);
        assertThat(PeakMemory.parse("State: Z\n")).isZero();
    }

    @Test
    void aKilledProcessIsExplained() {
        assertThat(new Ended(137, 1, 0, "", List.of("")).reason()).contains("no memory left");
        assertThat(new Ended(1, 1, 0, "", List.of("facet: bad row")).reason()).isEqualTo("bad row");
        assertThat(new Ended(143, 1, 0, "", List.of("")).toldToEnd()).isTrue();
    }

    private static Score score(double rate) {
        return new Score("age", "Age", rate, rate - 0.1, rate + 0.1, 0.5, rate, rate);
    }

    private AnnotationTable table() throws IOException {
        Path csv = Files.createDirectories(folder.resolveSibling("data")).resolve("people.csv");
        Files.writeString(csv, "image_path,age\na.jpg,old\nb.jpg,young\n");
        return CsvAnnotations.readGoodRows(csv, CsvOptions.defaults()).table();
    }
}
