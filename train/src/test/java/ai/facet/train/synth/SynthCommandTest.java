package ai.facet.train.synth;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.files.Sha256;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SynthCommandTest {
    @TempDir
    Path temp;

    private final StringWriter err = new StringWriter();

    @Test
    void sameSeedGivesSameBytesOnAnyNumberOfThreads() throws IOException {
        run("a", "--count", "12", "--size", "64", "--seed", "5", "--threads", "1");
        run("b", "--count", "12", "--size", "64", "--seed", "5", "--threads", "3");

        assertThat(hashes("a")).isEqualTo(hashes("b")).hasSize(12 + 3);
    }

    @Test
    void aLongerSetBeginsWithTheSamePersons() throws IOException {
        run("few", "--count", "3", "--size", "48", "--format", "png");
        run("many", "--count", "6", "--size", "48", "--format", "png");

        assertThat(hashes("many")).containsAllEntriesOf(imagesOnly(hashes("few")));
    }

    @Test
    void anotherSeedGivesOtherPersons() throws IOException {
        run("a", "--count", "4", "--size", "48", "--seed", "1");
        run("b", "--count", "4", "--size", "48", "--seed", "2");

        assertThat(imagesOnly(hashes("a")).values())
                .doesNotContainAnyElementsOf(imagesOnly(hashes("b")).values());
    }

    @Test
    void writesAnnotationsThatTrainingReads() throws IOException {
        run("set", "--count", "400", "--size", "32");

        AnnotationTable table =
                CsvAnnotations.read(temp.resolve("set").resolve("attributes.csv"), CsvOptions.defaults());

        assertThat(table.schema().attributes().stream().map(Attribute::id))
                .containsExactly(
                        "gender", "imagequality", "age", "weight", "carryingbag", "footwear", "emotion", "bodypose");
        assertThat(table.images()).hasSize(400);
        for (Attributes attribute : Attributes.values()) {
            assertThat(table.schema().byId(attribute.title()).classes())
                    .containsExactlyInAnyOrderElementsOf(attribute.classes());
        }
    }

    @Test
    void regionsLieInsideThePicture() throws IOException {
        run("set", "--count", "60", "--size", "50");

        List<String> rows = Files.readAllLines(temp.resolve("set").resolve("regions.csv"));

        assertThat(rows).hasSizeGreaterThan(121);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            int x = Integer.parseInt(cells[2]);
            int y = Integer.parseInt(cells[3]);
            assertThat(x).as(row).isBetween(0, 49);
            assertThat(y).as(row).isBetween(0, 49);
            assertThat(x + Integer.parseInt(cells[4])).as(row).isBetween(x + 1, 50);
            assertThat(y + Integer.parseInt(cells[5])).as(row).isBetween(y + 1, 50);
        }
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        Files.createDirectories(temp.resolve("full"));
        Files.writeString(temp.resolve("full").resolve("thesis.txt"), "precious");

        int exit = run("full", "--count", "1");

        assertThat(exit).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("full is not empty", "--overwrite");
        assertThat(temp.resolve("full").resolve("images")).doesNotExist();
    }

    @Test
    void namesTheOptionThatIsOutOfRange() {
        assertThat(run("x", "--size", "3")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--size is 3; expected 16 to 4096");
    }

    private int run(String folder, String... options) {
        CommandLine command = FacetCommands.commandLine(new SynthCommand());
        command.setErr(new PrintWriter(err, true));
        command.setOut(new PrintWriter(new StringWriter()));
        String[] args = Stream.concat(Stream.of("--output", temp.resolve(folder).toString()), Stream.of(options))
                .toArray(String[]::new);
        return command.execute(args);
    }

    private Map<String, String> hashes(String folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        Path root = temp.resolve(folder);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(root.relativize(file).toString(), Sha256.of(file));
            }
        }
        return hashes;
    }

    private static Map<String, String> imagesOnly(Map<String, String> hashes) {
        Map<String, String> images = new TreeMap<>(hashes);
        images.keySet().removeIf(name -> !name.startsWith("images"));
        return images;
    }
}
