package ai.facet.export.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.preprocess.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealImagesTest {
    private static final Preprocessing SMALL = Preprocessing.square(8);

    @TempDir
    Path folder;

    @Test
    void folderAndCsvGiveTheSamePixels() throws IOException {
        Files.createDirectories(folder.resolve("photos"));
        picture("photos/a.png", 0xFF0000);
        picture("photos/b.png", 0x0000FF);
        Path csv = folder.resolve("labels.csv");
        Files.writeString(csv, "image_path,kind\nphotos/a.png,x\nphotos/b.png,y\n");
        List<byte[]> fromCsv = RealImages.load(csv, SMALL);
        assertThat(fromCsv).hasSize(2).allSatisfy(pixels -> assertThat(pixels).hasSize(8 * 8 * 3));
        assertThat(fromCsv.get(0)).startsWith(0xFF, 0, 0);
        assertThat(RealImages.load(folder, SMALL)).containsExactlyElementsOf(fromCsv);
    }

    @Test
    void sixteenAreEnough() throws IOException {
        for (int i = 10; i < 50; i++) {
            picture(i + ".png", i);
        }
        List<byte[]> images = RealImages.load(folder, SMALL);
        assertThat(images).hasSize(16);
        assertThat(images.get(15)[2]).as("the last one lies near the end").isGreaterThan((byte) 45);
    }

    @Test
    void anEmptyFolderIsAnError() {
        assertThatThrownBy(() -> RealImages.load(folder, SMALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no .jpg");
    }

    private void picture(String name, int colour) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, colour);
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
