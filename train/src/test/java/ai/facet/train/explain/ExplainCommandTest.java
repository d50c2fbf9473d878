package ai.facet.train.explain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.network.Presets;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.synth.SynthCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainCommandTest {
    private static final int PERSONS = 20;

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path data = Path.of("");
    private Path checkpoint = Path.of("");

    @BeforeEach
    void drawPersonsAndAnUntrainedNetwork() throws IOException {
        execute(
                new SynthCommand(),
                List.of("--output", temp.resolve("set").toString(), "--count", "" + PERSONS, "--size", "64"));
        data = temp.resolve("set").resolve("attributes.csv");
        AttributeSchema schema =
                CsvAnnotations.read(data, CsvOptions.defaults()).schema();
        checkpoint = temp.resolve("best.safetensors");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TestNetworks.checkpoint(Presets.byName("facet-s"), schema, manager).write(checkpoint, AtomicFiles.real());
        }
    }

    @Test
    void writesThePageThePicturesAndTheShares() throws IOException {
        Path regions = data.resolveSibling("regions.csv");

        int exit = explain(
                "--data", data.toString(), "--regions", regions.toString(), "--pictures", "3", "--mistakes", "2");

        assertThat(err.toString()).doesNotContain("facet:");
        assertThat(exit).isEqualTo(ExitCodes.DONE);
        assertThat(output().resolve("heat")).isDirectoryContaining("glob:**/00001-00001.png");
        String page = Files.readString(output().resolve("explain.html"));
        assertThat(page)
                .contains("Most confident mistakes", "Heat inside the fitting region", "data:image/jpeg;base64,");
        assertThat(page).doesNotContain("http://", "https://");
        JsonObject shares = Json.parseObject(Files.readString(output().resolve("regions.json")), "regions.json");
        JsonObject body = shares.object("bodypose").object("regions").object("head+body");
        assertThat(body.integer("pictures")).isPositive().isLessThanOrEqualTo(PERSONS);
        assertThat(body.number("areaShare")).isBetween(0.05, 0.4);
        assertThat(body.number("heatShare")).isBetween(0.0, 1.0);
        JsonObject json = Json.parseObject(Files.readString(output().resolve("explain.json")), "explain.json");
        assertThat(json.objects("pictures")).hasSize(3);
        assertThat(out.toString()).contains("carryingbag", "times chance");
    }

    @Test
    void takesAFolderWithoutLabelsAndDrawsMapsAndFilters() {
        int exit = explain(
                "--data",
                data.resolveSibling("images").toString(),
                "--pictures",
                "2",
                "--attributes",
                "gender",
                "--method",
                "grad-cam++",
                "--layer",
                "stage3",
                "--class",
                "gender=male",
                "--feature-maps",
                "stem",
                "--filters");

        assertThat(err.toString()).doesNotContain("facet:");
        assertThat(exit).isEqualTo(ExitCodes.DONE);
        assertThat(output().resolve("filters.png")).isNotEmptyFile();
        assertThat(output().resolve("feature-maps").resolve("stem")).isNotEmptyDirectory();
    }

    @Test
    void namesWhatIsWrongAndLeavesNothingBehind() {
        assertThat(explain("--data", data.toString(), "--class", "gender=dog")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--class gender=dog", "[female, male]");
        assertThat(explain("--data", data.toString(), "--layer", "attic")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--layer: network facet-s has no place \"attic\"");
        assertThat(explain("--data", data.toString(), "--split", "validation")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--split validation needs " + temp.resolve("split.json"));
        assertThat(explain("--data", temp.toString(), "--split", "test")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--split test is about the rows of one CSV");
        assertThat(explain()).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("nothing to explain");
        assertThat(output()).doesNotExist();
    }

    private Path output() {
        return temp.resolve("why");
    }

    private int explain(String... options) {
        List<String> args = new ArrayList<>(
                List.of("--checkpoint", checkpoint.toString(), "--output", output().toString(), "--device", "cpu"));
        args.addAll(List.of(options));
        return execute(new ExplainCommand(), args);
    }

    private int execute(Object command, List<String> args) {
        CommandLine line = FacetCommands.commandLine(command);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args.toArray(String[]::new));
    }
}
