package ai.facet.decode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.files.Sha256;
import ai.facet.image.RgbImage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DecodeGoldenTest {
    static Stream<List<String>> goldens() {
        return ImageGoldens.table("decode.tsv").stream();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void decodesAsPillow(List<String> golden) throws ImageDecodeException {
        String file = golden.get(0);
        int tolerance = Integer.parseInt(golden.get(1));

        RgbImage image = ImageGoldens.decoded(file);

        assertThat(image.widthPx() + "x" + image.heightPx()).isEqualTo(golden.get(2) + "x" + golden.get(3));
        if (tolerance == 0) {
            assertThat(Sha256.of(image.pixelsHwc())).isEqualTo(golden.get(4));
        } else {
            RgbImage expected = ImageGoldens.decoded("near/" + file + ".png");
            assertThat(Sha256.of(expected.pixelsHwc())).isEqualTo(golden.get(4));
            assertThat(largestDifference(image, expected)).isBetween(0, tolerance);
        }
    }

    private static int largestDifference(RgbImage a, RgbImage b) {
        int largest = 0;
        for (int i = 0; i < a.pixelsHwc().length; i++) {
            largest = Math.max(largest, Math.abs((a.pixelsHwc()[i] & 0xFF) - (b.pixelsHwc()[i] & 0xFF)));
        }
        return largest;
    }
}
