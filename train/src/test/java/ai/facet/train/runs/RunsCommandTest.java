package ai.facet.train.runs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.FacetCommands;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.train.RunsCommand;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.EpochMetrics.AttributeMetrics;
import ai.facet.train.report.MetricsFiles;
import ai.facet.train.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunsCommandTest {
    private static final String CONFIG = """
            {"facet": "0", "data": {"data": "/people.csv", "columns": {"image": "image_path", "attributes": [], "box": [],
             "missing": []}, "skipBadImages": false},
             "training": {"network": "facet-s", "sizePx": %d, "epochs": 3, "batchSize": 16, "optimizer": {"kind": "adamw",
              "schedule": "one-cycle", "learningRate": 0.001, "weightDecay": 0.05, "momentum": 0.9, "clipNorm": 5.0},
              "loss": {"labelSmoothing": 0.05, "classWeights": "none", "focalGamma": 0.0, "logitAdjustment": 0.0,
              "attributeWeights": {}},
              "augmentation": {"flip": true, "mode": "mixed", "blur": 0.0, "brightness": 0.0, "channelShift": 0.0,
              "cutout": 0.0, "rotate": 10.0, "crop": 0.15, "contrast": 0.0, "saturation": 0.0, "hue": 0.0},
              "seed": 1, "initSeed": 1, "validationFraction": 0.15, "patience": %d},
             "run": {"threads": 1, "device": "auto", "checkpointMinutes": 5.0, "cache": true, "samples": true,
              "unsureRisk": 0.0}}
            """;

    @TempDir
    Path runs;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeRuns() throws IOException {
        run("old", 48, 0, 0.5, 0.7, 0.6);
        Files.createFile(runs.resolve("old").resolve("report.html"));
        run("group/new", 64, 0, 0.4, 0.8);
    }

    @Test
    void listsRunsInFoldersBelowTheNewestFirst() throws IOException {
        assertThat(execute(runs.toString())).isZero();

        List<String> lines = out.toString().lines().skip(2).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("group/new", "facet-s", "2/3", "stopped", "0.800", "4.0 s");
        assertThat(lines.get(1)).contains("old", "3/3", "finished", "0.700", "6.0 s");
    }

    @Test
    void aRunInWhichAProcessTrainsIsRunning() throws IOException {
        try (RunFolder open = RunFolder.open(runs.resolve("old"))) {
            assertThat(execute(open.path().toString())).isZero();
        }

        assertThat(out.toString()).contains("running").doesNotContain("finished");
    }

    @Test
    void aRunThatEndedForLackOfProgressIsFinished() throws IOException {
        run("patient", 48, 1, 0.7, 0.6);
        Files.createFile(runs.resolve("patient").resolve("report.html"));

        execute(runs.resolve("patient").toString());

        assertThat(out.toString()).contains("2/3", "finished");
    }

    @Test
    void aRunWithoutEpochsHasNoBest() throws IOException {
        run("fresh", 48, 0);

        execute(runs.resolve("fresh").toString(), "--json");

        JsonObject fresh =
                Json.parseObject(out.toString(), "stdout").objects("runs").get(0);
        assertThat(fresh.int32("epochs")).isZero();
        assertThat(fresh.has("best")).isFalse();
    }

    @Test
    void twoRunsAreComparedInTheOrderInWhichTheyAreNamed() throws IOException {
        Path page = runs.resolve("page.html");

        assertThat(execute(named("old"), named("group/new"), "--html", page.toString()))
                .isZero();

        assertThat(out.toString())
                .containsPattern("attribute +old +new\n")
                .containsPattern("gender +0\\.700 +0\\.800\n")
                .containsPattern("training\\.sizePx +48 +64\n")
                .doesNotContain("training.seed", "different validation pictures");
        assertThat(page).content().contains("<td>training.sizePx</td><td>48</td><td>64</td>");
    }

    @Test
    void anotherSplitIsSaidToCompareRoughly() throws IOException {
        Files.writeString(runs.resolve("old/split.json"), "{\"hash\": \"abc\"}");

        execute(named("old"), named("group/new"));

        assertThat(out.toString()).contains("different validation pictures");
    }

    @Test
    void comparedRunsInJsonHaveTheirDifferences() throws IOException {
        execute(named("old"), named("group/new"), "--json");

        JsonObject json = Json.parseObject(out.toString(), "stdout");
        assertThat(json.objects("runs")).hasSize(2);
        assertThat(json.object("differences").strings("training.sizePx")).containsExactly("48", "64");
    }

    @Test
    void aBrokenRunIsNamedAndTheOthersAreListed() throws IOException {
        Files.writeString(runs.resolve("old/config.json"), "{");

        assertThat(execute(runs.toString())).isZero();

        assertThat(err.toString()).contains("old cannot be read: ");
        assertThat(out.toString()).contains("group/new");
    }

    @Test
    void aMissingFolderIsABadArgument() {
        assertThat(execute(named("gone"))).isEqualTo(2);
        assertThat(err.toString()).contains("gone is no folder");
    }

    private String named(String run) {
        return runs.resolve(run).toString();
    }

    private int execute(String... arguments) {
        CommandLine command = FacetCommands.commandLine(new RunsCommand());
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** A run with one epoch of two seconds for each score. */
    private void run(String name, int sizePx, int patience, double... scores) throws IOException {
        Path folder = Files.createDirectories(runs.resolve(name));
        Files.createFile(folder.resolve("run.lock"));
        Path config = Files.writeString(folder.resolve("config.json"), CONFIG.formatted(sizePx, patience));
        Files.setLastModifiedTime(config, FileTime.from(Instant.EPOCH));
        List<EpochMetrics> history = new ArrayList<>();
        for (double score : scores) {
            List<AttributeMetrics> gender = List.of(new AttributeMetrics("gender", score, 0.5, score, score, 0));
            history.add(new EpochMetrics(history.size() + 1, 10, 0.001, 2, 2, 2, 100, gender));
        }
        if (!history.isEmpty()) {
            Path metrics = Files.writeString(folder.resolve("metrics.json"), MetricsFiles.json(history));
            Files.setLastModifiedTime(metrics, FileTime.from(Instant.ofEpochSecond(sizePx)));
        }
    }
}
