package ai.facet.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.FacetCommands;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.metrics.HtmlEscape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectCommandTest {
    private static final String GOOD = "image_path,bag,<b>age\na.png,None,15-25\nb.png,Bag,25-35\n";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void paint() throws IOException {
        paint("a.png", 1, 0);
        paint("b.png", 2, 0);
        paint("like a.png", 1, 2);
        Files.copy(folder.resolve("a.png"), folder.resolve("copy of a.png"));
    }

    @Test
    void goodDataEndsWithZeroAndShowsCounts() throws IOException {
        assertThat(run(GOOD)).isZero();

        assertThat(out.toString()).contains("annotations.csv: 2 rows, 2 attributes", "Every row is good.", "40x30");
    }

    @Test
    void badRowsAreNamedAndEndWithOneUnlessAllowed() throws IOException {
        String bad = GOOD + "gone.png,Bag,15-25\nb.png,Bag\n";

        assertThat(run(bad)).isEqualTo(1);
        assertThat(out.toString())
                .contains("Bad rows: 2", "annotations.csv:5: 2 cells; expected 3", "annotations.csv:4: ")
                .contains("gone.png does not exist");
        assertThat(run(bad, "--allow-bad-rows")).isZero();
    }

    @Test
    void findsCopiesNearCopiesAndTheirContradictions() throws IOException {
        run(GOOD + "copy of a.png,Bag,15-25\nlike a.png,None,25-35\n");

        assertThat(out.toString())
                .contains("Copies: 1 set of", "Near duplicates: 1 pair that", "Contradictions among them: 2")
                .contains(
                        "annotations.csv:2 (a.png) and annotations.csv:4 (copy of a.png) are equal, but bag is \"None\""
                                + " and \"Bag\"");
    }

    @Test
    void jsonIsOneDocument() throws IOException {
        run(GOOD, "--json");

        JsonObject json = Json.parseObject(out.toString(), "stdout");
        assertThat(json.int32("rows")).isEqualTo(2);
        assertThat(json.objects("attributes").get(1).string("id")).isEqualTo("b_age");
    }

    @Test
    void writesReportPlotsAndJson() throws IOException {
        Path output = folder.resolve("out");

        assertThat(run(GOOD, "--output", output.toString())).isZero();

        assertThat(output.resolve("report.html"))
                .content()
                .contains("&lt;b&gt;age")
                .doesNotContain("<b>age");
        assertThat(ImageIO.read(output.resolve("classes-bag.png").toFile()).getWidth())
                .isEqualTo(900);
        assertThat(Json.parseObject(Files.readString(output.resolve("inspect.json")), "inspect.json")
                        .bool("imagesRead"))
                .isTrue();
    }

    @Test
    void doubtfulClassesAreInTheTextTheJsonAndThePage() throws IOException {
        Path output = folder.resolve("out");
        String csv = "image_path,bag\n" + "a.png,None\n".repeat(30) + "a.png,Bag\n".repeat(30) + "a.png,Bga\n";

        assertThat(run(csv, "--no-images", "--output", output.toString())).isZero();

        String finding = "\"Bga\" (1 picture, annotations.csv:62): did you mean \"Bag\"?";
        assertThat(out.toString()).contains("1 doubtful class\n  bag: " + finding);
        assertThat(output.resolve("report.html"))
                .content()
                .contains("Doubtful classes: 1", "<li>bag: " + HtmlEscape.text(finding))
                .doesNotContain("Contradictions", "Bad rows:");
        JsonObject json = Json.parseObject(Files.readString(output.resolve("inspect.json")), "inspect.json");
        assertThat(json.objects("doubtfulClasses").get(0).string("similar")).isEqualTo("Bag");
    }

    @Test
    void labelsCanBeInspectedWithoutImages() throws IOException {
        assertThat(run(GOOD.replace("a.png", "gone.png"), "--no-images")).isZero();
    }

    @Test
    void threeBoxColumnsAreBadArguments() throws IOException {
        assertThat(run(GOOD, "--box-columns", "x,y,w")).isEqualTo(2);
        assertThat(err.toString()).contains("--box-columns has 3 titles; expected four");
    }

    private int run(String csv, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("annotations.csv"), csv);
        CommandLine command = FacetCommands.commandLine(new InspectCommand());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] arguments = new String[options.length + 1];
        arguments[0] = file.toString();
        System.arraycopy(options, 0, arguments, 1, options.length);
        return command.execute(arguments);
    }

    /** Coarse noise of a seed, brightened. */
    private void paint(String name, int seed, int brighter) throws IOException {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 30; y += 5) {
            for (int x = 0; x < 40; x += 5) {
                int grey = random.nextInt(200) + brighter;
                var graphics = picture.createGraphics();
                graphics.setColor(new Color(grey, grey, grey));
                graphics.fillRect(x, y, 5, 5);
                graphics.dispose();
            }
        }
        ImageIO.write(picture, "png", folder.resolve(name).toFile());
    }
}
