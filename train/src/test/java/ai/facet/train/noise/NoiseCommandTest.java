package ai.facet.train.noise;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.FacetCommands;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(300)
class NoiseCommandTest {
    private static final int PICTURES = 400;

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Separable pictures of which 5 % have the other label; a copy contradicts its original. */
    @Test
    void networksOfFoldsFindFlippedLabelsAndContradictingCopies() throws IOException {
        Set<String> flipped = draw();

        int exit = command()
                .execute(
                        temp.resolve("data.csv").toString(),
                        "--output",
                        temp.resolve("noise").toString(),
                        "--folds",
                        "2",
                        "--size",
                        "16",
                        "--epochs",
                        "12",
                        "--device",
                        "cpu");

        assertThat(exit).as(err.toString()).isZero();
        List<String> lines = Files.readAllLines(temp.resolve("noise").resolve("noise.csv"));
        List<String> found =
                lines.stream().filter(l -> l.contains("\"network\"")).toList();
        long hits = found.stream()
                .filter(l -> flipped.stream().anyMatch(l::contains))
                .count();
        assertThat((double) hits / flipped.size()).as("recall").isGreaterThanOrEqualTo(0.75);
        assertThat((double) hits / found.size()).as("precision").isGreaterThanOrEqualTo(0.7);
        assertThat(lines)
                .as("the original, with the line of its copy")
                .anyMatch(
                        l -> l.contains("equal pictures") && l.contains("000.png") && l.endsWith("," + (PICTURES + 2)));
        assertThat(Files.readString(temp.resolve("noise").resolve("report.html")))
                .contains("Labels to look at", "data:image/jpeg;base64,", "Equal pictures with different labels")
                .doesNotContain("<script");
        assertThat(out.toString()).contains("tone", "yes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("noise"))))
                .as("pictures of persons stand on the page")
                .isEqualTo("rwx------");
    }

    /** Stopped in the first network and killed in the second, it finds what it finds when it is never disturbed. */
    @Test
    void theSameCommandGoesOn() throws Exception {
        draw();
        Path broken = temp.resolve("broken");
        assertThat(command().execute(quick(temp.resolve("whole"), "3"))).isZero();

        Process process = start(quick(broken, "3"));
        await(broken.resolve("fold-1/config.json"), process);
        process.destroy();
        assertThat(process.waitFor()).as("SIGTERM").isEqualTo(143);
        process = start(quick(broken, "3"));
        await(broken.resolve("fold-2/config.json"), process);
        process.destroyForcibly().waitFor();
        assertThat(broken.resolve("noise.csv")).doesNotExist();
        long firstFold =
                Files.getLastModifiedTime(broken.resolve("fold-1/report.html")).toMillis();

        assertThat(command().execute(quick(broken, "4"))).as("other settings").isEqualTo(2);
        assertThat(err.toString()).contains("networks of other settings or rows: epochs was 3, is 4");
        assertThat(command().execute(quick(broken, "3"))).as(err.toString()).isZero();

        assertThat(Files.getLastModifiedTime(broken.resolve("fold-1/report.html"))
                        .toMillis())
                .isEqualTo(firstFold);
        assertThat(broken.resolve("noise.csv")).hasSameTextualContentAs(temp.resolve("whole/noise.csv"));
        assertThat(command().execute(quick(broken, "3"))).as("finished").isEqualTo(2);
    }

    private String[] quick(Path output, String epochs) {
        return new String[] {
            temp.resolve("data.csv").toString(),
            "--output",
            output.toString(),
            "--folds",
            "2",
            "--size",
            "16",
            "--epochs",
            epochs,
            "--device",
            "cpu"
        };
    }

    private static Process start(String[] arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "ai.facet.train.TrainMain",
                "data",
                "noise"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @SuppressWarnings("ThreadSleep") // another process makes the file
    private static void await(Path file, Process process) throws InterruptedException {
        while (!Files.exists(file) && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void namesWrongArguments() throws IOException {
        draw();
        String csv = temp.resolve("data.csv").toString();
        String output = temp.resolve("n").toString();

        assertThat(command().execute(csv, "--output", output, "--folds", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--folds is 1; expected 2 to 20");
        assertThat(command().execute(csv, "--output", output, "--split", "train"))
                .isEqualTo(2);
        assertThat(command().execute(csv, "--output", output, "--checkpoint", "best.safetensors", "--folds", "3"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--folds cannot be given with it");
        assertThat(command().execute(csv, "--output", temp.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("--output " + temp + " is already there and not empty.")
                .doesNotContain("--resume");
        assertThat(temp.resolve("n")).doesNotExist();
    }

    private Set<String> draw() throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("image_path,tone\n");
        Set<String> flipped = new HashSet<>();
        for (int i = 0; i < PICTURES; i++) {
            boolean bright = i % 2 == 0;
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 256; p++) {
                int level = (bright ? 130 : 60) + random.nextInt(60);
                image.setRGB(p % 16, p / 16, new Color(level, random.nextInt(256), level).getRGB());
            }
            String name = String.format("%03d.png", i);
            ImageIO.write(image, "png", temp.resolve(name).toFile());
            boolean flip = i % 20 == 7;
            if (flip) {
                flipped.add(name);
            }
            csv.append(name).append(bright != flip ? ",bright\n" : ",dark\n");
        }
        Files.copy(temp.resolve("000.png"), temp.resolve("copy.png"));
        csv.append("copy.png,dark\n");
        flipped.add("copy.png");
        Files.writeString(temp.resolve("data.csv"), csv);
        return flipped;
    }

    private CommandLine command() {
        CommandLine line = FacetCommands.commandLine(new NoiseCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line;
    }
}
