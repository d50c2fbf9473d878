package ai.facet.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.FacetCommands;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataAugmentCommandTest {
    @TempDir
    Path folder;

    private Path csv = Path.of("");

    @BeforeEach
    void writeTwoPictures() throws IOException {
        ImageIO.write(new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB), "png", file("a.png"));
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", file("b.png"));
        csv = Files.writeString(folder.resolve("data.csv"), "image_path,kind\na.png,tall\nb.png,wide\n");
    }

    @Test
    void theSheetHasARowPerPictureAndAColumnPerAugmentation() throws IOException {
        Path sheet = folder.resolve("sheet.png");

        int code = run(csv.toString(), "-o", sheet.toString(), "--crop", "0", "--no-flip");

        assertThat(code).isZero();
        BufferedImage drawn = ImageIO.read(sheet.toFile()); // original, rotate, mixed
        assertThat(drawn.getWidth()).isEqualTo(8 + 3 * 136);
        assertThat(drawn.getHeight()).isEqualTo(24 + 8 + 2 * 136);
    }

    @Test
    void aStrengthOutOfRangeIsABadArgument() {
        Path sheet = folder.resolve("sheet.png");
        assertThat(run(csv.toString(), "-o", sheet.toString(), "--crop", "3")).isEqualTo(2);
        assertThat(sheet).doesNotExist();
    }

    private java.io.File file(String name) {
        return folder.resolve(name).toFile();
    }

    private static int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "data";
        all[1] = "augment";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return FacetCommands.execute(new TrainMain(), all);
    }
}
