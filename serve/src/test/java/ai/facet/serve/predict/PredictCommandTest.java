package ai.facet.serve.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.cli.UserException;
import ai.facet.files.PictureFiles;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.serve.GoldenBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code facet predict} as a user runs it. */
class PredictCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String bundle = "";
    private Path pictures = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        bundle = GoldenBundle.copyTo(folder.resolve("bundle")).toString();
        pictures = GoldenBundle.picturesTo(folder.resolve("pictures"));
    }

    @Test
    void tableOfAFolderInTheOrderOfNames() {
        assertThat(run(bundle, pictures.toString())).isZero();

        assertThat(out.toString().lines().filter(line -> line.endsWith(".png")))
                .containsExactly(
                        pictures.resolve("blue-square.png").toString(),
                        pictures.resolve("green-circle.png").toString(),
                        pictures.resolve("red-circle.png").toString());
        assertThat(out.toString()).contains("colour", "shape", "size", "%");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void jsonLinesHoldTheMostProbableClasses() {
        assertThat(run(bundle, pictures.resolve("red-circle.png").toString(), "--json"))
                .isZero();

        JsonObject line = Json.parseObject(out.toString().strip(), "line");
        assertThat(line.string("image")).endsWith("red-circle.png");
        JsonObject attributes = line.object("attributes");
        assertThat(attributes.keys()).containsExactly("colour", "shape", "size");
        // from expected.json: colour_logits are largest for the first class, shape_logits for the second
        assertThat(attributes.object("colour").string("class")).isEqualTo("red");
        assertThat(attributes.object("shape").string("class")).isEqualTo("square");
        assertThat(attributes.object("colour").keys()).containsExactly("class", "probability", "unsure");
    }

    @Test
    void allProbabilitiesSumToOne() {
        run(bundle, pictures.resolve("red-circle.png").toString(), "--json", "--all-probabilities");

        JsonObject size = Json.parseObject(out.toString().strip(), "line")
                .object("attributes")
                .object("size")
                .object("probabilities");
        assertThat(size.keys()).containsExactly("small", "medium", "large", "huge");
        assertThat(size.keys().stream().mapToDouble(size::number).sum())
                .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-5));
    }

    @Test
    void aDamagedPictureIsReportedAndTheOthersAnswered() throws IOException {
        byte[] whole = GoldenBundle.picture("red-circle.png");
        Files.write(pictures.resolve("damaged.png"), Arrays.copyOf(whole, whole.length / 2));

        assertThat(run(bundle, pictures.toString(), "--json", "--threads", "2")).isEqualTo(1);

        assertThat(out.toString().lines()).hasSize(4);
        assertThat(out.toString().lines().filter(line -> line.contains("damaged.png")))
                .singleElement()
                .asString()
                .contains("\"error\":", "is damaged")
                .doesNotContain("attributes");
        assertThat(err.toString()).contains("damaged.png is damaged", "1 of 4 pictures were not answered");
    }

    @Test
    void moreThreadsAnswerTheSame() {
        run(bundle, pictures.toString(), "--json", "--threads", "1");
        String one = out.toString();
        out.getBuffer().setLength(0);
        run(bundle, pictures.toString(), "--json", "--threads", "4");

        assertThat(out.toString()).isEqualTo(one);
    }

    @Test
    void aBoxOutsideThePictureIsAnErrorOfThatPicture() {
        String picture = pictures.resolve("red-circle.png").toString();

        assertThat(run(bundle, picture, "--box", "100000,0,5,5")).isEqualTo(1);
        assertThat(err.toString()).containsIgnoringCase("box").contains("red-circle.png");
    }

    @Test
    void aPatternThatIsNoneIsABadArgument() {
        assertThatThrownBy(() -> PictureFiles.expand(List.of(pictures + "/[a-.png"), false))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll("[a-.png", "expected a name with");
    }

    @Test
    void aLinkToAFolderIsAFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), pictures);

        for (boolean recursive : new boolean[] {false, true}) {
            assertThat(PictureFiles.expand(List.of(link.toString()), recursive))
                    .containsExactly(
                            link.resolve("blue-square.png"),
                            link.resolve("green-circle.png"),
                            link.resolve("red-circle.png"));
        }
    }

    @Test
    void patternsAndFoldersInFolders() throws IOException {
        Files.move(pictures, Files.createDirectory(folder.resolve("outer")).resolve("inner"));
        Path inner = folder.resolve("outer").resolve("inner");

        assertThat(run(bundle, inner + "/*-circle.png", "--json")).isZero();
        assertThat(out.toString().lines()).hasSize(2);
        out.getBuffer().setLength(0);
        assertThat(run(bundle, folder.resolve("outer").toString(), "--recursive", "--json"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(3);
    }

    private int run(String... arguments) {
        return new CommandLine(new PredictCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
