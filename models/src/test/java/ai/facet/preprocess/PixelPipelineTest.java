package ai.facet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.decode.ImageDecodeException;
import ai.facet.decode.ImageGoldens;
import ai.facet.files.Sha256;
import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import ai.facet.image.RgbImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PixelPipelineTest {
    private static final int PAD = 0x102030;

    static Stream<List<String>> goldens() {
        return ImageGoldens.table("resize.tsv").stream();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void equalsPillowToTheBit(List<String> golden) throws ImageDecodeException {
        PixelPipeline pipeline = pipeline(
                Integer.parseInt(golden.get(1)),
                Integer.parseInt(golden.get(2)),
                Fit.valueOf(golden.get(3).toUpperCase(Locale.ROOT)));

        byte[] input = apply(pipeline, ImageGoldens.decoded(golden.get(0)), box(golden.get(4)));

        assertThat(Sha256.of(input)).isEqualTo(golden.get(5));
    }

    @Test
    void readsEachRowOnceFromTheTop() {
        List<Integer> read = new ArrayList<>();
        RgbImage image = random(40, 30, 1);
        PixelRows source = new PixelRows() {
            @Override
            public int widthPx() {
                return image.widthPx();
            }

            @Override
            public int heightPx() {
                return image.heightPx();
            }

            @Override
            public void readRow(int y, byte[] rgb) {
                read.add(y);
                image.readRow(y, rgb);
            }
        };

        byte[] streamed = apply(pipeline(16, 16, Fit.LETTERBOX), source, new Box(3, 4, 20, 11));

        assertThat(read).isEqualTo(IntStream.range(0, 15).boxed().toList());
        assertThat(streamed).isEqualTo(apply(pipeline(16, 16, Fit.LETTERBOX), image, new Box(3, 4, 20, 11)));
    }

    @Test
    void reusesItsBuffersWithoutATrace() {
        PixelPipeline reused = pipeline(31, 23, Fit.LETTERBOX);
        Random sizes = new Random(7);
        for (int i = 0; i < 200; i++) {
            RgbImage image = random(1 + sizes.nextInt(60), 1 + sizes.nextInt(60), i);
            assertThat(apply(reused, image, null))
                    .as("picture %d, seed 7", i)
                    .isEqualTo(apply(pipeline(31, 23, Fit.LETTERBOX), image, null));
        }
    }

    @Test
    void manyThreadsMayShareOne() {
        PixelPipeline shared = pipeline(20, 20, Fit.CROP);
        List<byte[]> expected = IntStream.range(0, 64)
                .mapToObj(i -> apply(pipeline(20, 20, Fit.CROP), random(10 + i, 80 - i, i), null))
                .toList();

        List<byte[]> found = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> apply(shared, random(10 + i, 80 - i, i), null))
                .toList();

        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void writesToDirectBuffersAtAnOffsetAndNowhereElse() {
        PixelPipeline pipeline = pipeline(5, 4, Fit.LETTERBOX);
        RgbImage image = random(9, 9, 3);
        ByteBuffer direct = ByteBuffer.allocateDirect(7 + 60 + 3);
        direct.position(2).limit(9);

        pipeline.apply(image, null, direct, 7);

        assertThat(direct.position()).isEqualTo(2);
        assertThat(direct.limit()).isEqualTo(9);
        byte[] all = new byte[70];
        direct.duplicate().clear().get(all);
        assertThat(Arrays.copyOfRange(all, 7, 67)).isEqualTo(apply(pipeline, image, null));
        assertThat(Arrays.copyOfRange(all, 0, 7)).containsOnly(0);
        assertThat(Arrays.copyOfRange(all, 67, 70)).containsOnly(0);
    }

    @Test
    void clipsABoxThatSticksOut() {
        PixelPipeline pipeline = pipeline(8, 8, Fit.STRETCH);
        RgbImage image = random(10, 10, 4);

        assertThat(apply(pipeline, image, new Box(-5, 6, 8, 100)))
                .isEqualTo(apply(pipeline, image, new Box(0, 6, 3, 4)));
    }

    @Test
    void namesABoxOutsideThePicture() {
        assertThatThrownBy(() -> apply(pipeline(8, 8, Fit.STRETCH), random(10, 12, 4), new Box(10, 0, 5, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x=10, y=0, w=5, h=5")
                .hasMessageContaining("10x12");
        assertThatThrownBy(() -> new Box(0, 0, 0, 5))
                .hasMessageContaining("w=0")
                .hasMessageContaining("at least 1");
    }

    @Test
    void refusesADestinationThatIsTooSmall() {
        PixelPipeline pipeline = pipeline(8, 8, Fit.STRETCH);
        RgbImage image = random(3, 3, 1);

        assertThatThrownBy(() -> pipeline.apply(image, null, new byte[200], 9)).hasMessageContaining("192 bytes");
        assertThatThrownBy(() -> pipeline.apply(image, null, ByteBuffer.allocate(191), 0))
                .hasMessageContaining("192 bytes");
        assertThatThrownBy(() -> pipeline.apply(image, null, new byte[200], -1)).hasMessageContaining("offset -1");
    }

    @Test
    void aLineOfPixelsFillsAnyInput() {
        // 1 x 5000 px cropped to a square would be 40,000 px tall: only what is kept may be computed.
        byte[] input = apply(pipeline(8, 8, Fit.CROP), random(1, 5000, 1), null);

        assertThat(input).hasSize(192);
    }

    @Test
    void plainColourStaysPlain() {
        byte[] white = new byte[3 * 333 * 222];
        Arrays.fill(white, (byte) 0xFF);

        assertThat(apply(pipeline(50, 60, Fit.STRETCH), new RgbImage(333, 222, white), null))
                .containsOnly(0xFF);
    }

    private static @Nullable Box box(String text) {
        if (text.equals("-")) {
            return null;
        }
        int[] v = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
        return new Box(v[0], v[1], v[2], v[3]);
    }

    private static PixelPipeline pipeline(int widthPx, int heightPx, Fit fit) {
        return new PixelPipeline(
                new Preprocessing(widthPx, heightPx, fit, PAD, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
    }

    private static byte[] apply(PixelPipeline pipeline, PixelRows image, @Nullable Box box) {
        byte[] input = new byte[pipeline.preprocessing().imageBytes()];
        pipeline.apply(image, box, input, 0);
        return input;
    }

    private static RgbImage random(int widthPx, int heightPx, int seed) {
        byte[] pixels = new byte[widthPx * heightPx * 3];
        new Random(seed).nextBytes(pixels);
        return new RgbImage(widthPx, heightPx, pixels);
    }
}
