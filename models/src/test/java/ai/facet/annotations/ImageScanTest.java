package ai.facet.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.image.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageScanTest {
    @TempDir
    Path folder;

    private final List<AnnotatedImage> images = new ArrayList<>();
    private final AtomicInteger files = new AtomicInteger();

    @BeforeEach
    void paint() throws IOException {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        picture.createGraphics().fillRect(5, 5, 20, 10);
        ImageIO.write(picture, "png", folder.resolve("a.png").toFile());
        Files.copy(folder.resolve("a.png"), folder.resolve("copy of a.png"));
    }

    @Test
    void copiesHaveOneContentAndSizesAreKnown() throws InterruptedException {
        add("a.png", null);
        add("copy of a.png", null);

        List<ScannedImage> scans = scan();

        assertThat(scans).allMatch(ScannedImage::isGood);
        assertThat(scans).extracting(ScannedImage::widthPx).containsOnly(40);
        assertThat(scans).extracting(ScannedImage::heightPx).containsOnly(30);
        ImageFingerprint first = scans.get(0).fingerprint();
        ImageFingerprint second = scans.get(1).fingerprint();
        assertThat(first != null && second != null && first.contentHash().equals(second.contentHash()))
                .isTrue();
    }

    @Test
    void missingDamagedAndEmptyFilesAreNamedWithTheirLine() throws IOException, InterruptedException {
        byte[] png = Files.readAllBytes(folder.resolve("a.png"));
        Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(png, png.length / 2));
        Files.createFile(folder.resolve("empty.jpg"));
        Files.writeString(folder.resolve("text.jpg"), "this is no picture at all");
        add("cut.png", null);
        add("empty.jpg", null);
        add("text.jpg", null);
        add("gone.jpg", null);
        add(".", null);

        List<String> problems =
                scan().stream().map(s -> String.valueOf(s.problem())).toList();

        assertThat(problems.get(0)).startsWith("a.csv:2: ").contains("cut.png is damaged");
        assertThat(problems.get(1)).startsWith("a.csv:3: ").contains("empty.jpg is empty");
        assertThat(problems.get(2)).startsWith("a.csv:4: ").contains("text.jpg");
        assertThat(problems.get(3)).startsWith("a.csv:5: ").contains("gone.jpg does not exist");
        assertThat(problems.get(4)).startsWith("a.csv:6: ").contains("is a folder");
    }

    @Test
    void boxOutsideThePictureIsAProblemOfItsRowOnly() throws InterruptedException {
        add("a.png", new Box(0, 0, 10, 10));
        add("a.png", new Box(100, 0, 10, 10));

        List<ScannedImage> scans = scan();

        assertThat(files).hasValue(1);
        assertThat(scans.get(0).isGood()).isTrue();
        assertThat(scans.get(1).problem()).startsWith("a.csv:3: box x=100");
    }

    private void add(String name, @Nullable Box box) {
        images.add(new AnnotatedImage(
                folder.resolve(name), Path.of("a.csv"), images.size() + 2, new int[1], box, null, null));
    }

    private List<ScannedImage> scan() throws InterruptedException {
        return new ImageScan(new ImageDecoder(DecodeLimits.DEFAULT), files::incrementAndGet).scan(images, 2);
    }
}
