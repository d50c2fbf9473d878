package ai.facet.train.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.AugmentationMode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final int GREY = 0x808080;

    @Test
    void blurOfAPointIsTheGaussKernel() {
        byte[] pixels = new byte[31 * 31 * 3];
        pixels[(15 * 31 + 15) * 3] = (byte) 255;

        GaussianBlur.blur(pixels, 31, 31, 1);

        double norm = 0;
        for (int k = -3; k <= 3; k++) {
            norm += Math.exp(-k * k / 2.0);
        }
        for (int y = -5; y <= 5; y++) {
            for (int x = -5; x <= 5; x++) {
                boolean reached = Math.abs(x) <= 3 && Math.abs(y) <= 3;
                double expected = reached ? 255 * Math.exp(-(x * x + y * y) / 2.0) / (norm * norm) : 0;
                int at = ((15 + y) * 31 + 15 + x) * 3;
                assertThat((double) (pixels[at] & 0xFF)).isCloseTo(expected, within(0.51));
                assertThat(pixels[at + 1]).isZero();
            }
        }
    }

    @Test
    void blurKeepsAPlainPicture() {
        byte[] pixels = filled(7, 5, 201);
        GaussianBlur.blur(pixels, 7, 5, 2.5);
        assertThat(pixels).containsOnly((byte) 201);
    }

    @Test
    void brightnessMultipliesAndSaturates() {
        byte[] pixels = bytes(0, 100, 200);
        Brightness.scale(pixels, 1.5);
        assertThat(pixels).isEqualTo(bytes(0, 150, 255));
    }

    @Test
    void channelShiftAddsToOneChannelAndSaturates() {
        byte[] pixels = bytes(250, 10, 5, 100, 10, 5);
        ChannelShift.shift(pixels, 0, 20);
        ChannelShift.shift(pixels, 2, -20);
        assertThat(pixels).isEqualTo(bytes(255, 10, 0, 120, 10, 0));
    }

    @Test
    void cutoutPaintsOneSquareInsideOfAtMostTheAskedSide() {
        int largest = 0;
        for (int i = 0; i < 300; i++) {
            byte[] pixels = new byte[20 * 12 * 3];
            new Cutout(0.5, GREY).apply(pixels, 20, 12, Seeds.random(3, i));
            int painted = 0;
            int left = 20;
            int right = -1;
            for (int p = 0; p < 20 * 12; p++) {
                if (pixels[p * 3] != 0) {
                    painted++;
                    left = Math.min(left, p % 20);
                    right = Math.max(right, p % 20);
                }
            }
            int side = Math.max(0, right - left + 1);
            assertThat(painted).isEqualTo(side * side);
            assertThat(side).isLessThanOrEqualTo(6);
            largest = Math.max(largest, side);
        }
        assertThat(largest).isEqualTo(6);
    }

    @Test
    void aTurnByNothingAndByARightAngleIsExact() {
        byte[] pixels = noise(6, 6);
        byte[] same = pixels.clone();
        Resampling.rotation(0, 6, 6).apply(same, 6, 6, GREY);
        assertThat(same).isEqualTo(pixels);

        byte[] turned = pixels.clone();
        Resampling.rotation(90, 6, 6).apply(turned, 6, 6, GREY);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 6; x++) {
                assertThat(turned[(y * 6 + x) * 3]).isEqualTo(pixels[((5 - x) * 6 + y) * 3]);
            }
        }
    }

    @Test
    void cornersThatComeFromOutsideGetTheFill() {
        byte[] pixels = new byte[20 * 20 * 3];
        Resampling.rotation(45, 20, 20).apply(pixels, 20, 20, 0x102030);
        assertThat(Arrays.copyOf(pixels, 3)).isEqualTo(bytes(0x10, 0x20, 0x30));
        assertThat(pixels[(10 * 20 + 10) * 3]).isZero();
    }

    @Test
    void aCropOfHalfOfARampHasHalfItsSlope() {
        byte[] pixels = new byte[16 * 4 * 3];
        for (int p = 0; p < 16 * 4; p++) {
            Arrays.fill(pixels, p * 3, p * 3 + 3, (byte) (p % 16 * 8));
        }
        Resampling.crop(0.5, 4, 1).apply(pixels, 16, 4, 0);
        for (int x = 0; x < 16; x++) { // pixel x shows the place 4 + (x + 0.5) / 2 - 0.5
            assertThat((double) (pixels[x * 3] & 0xFF)).isCloseTo(8 * (3.75 + x / 2.0), within(0.51));
        }
    }

    @Test
    void hueOfNothingKeepsAThirdOfATurnSwapsChannelsAndNoSaturationIsGrey() {
        byte[] pixels = noise(5, 5);
        byte[] same = pixels.clone();
        ColourJitter.change(same, 1, 1, 0);
        assertThat(same).isEqualTo(pixels);

        byte[] turned = bytes(10, 20, 30);
        ColourJitter.change(turned, 1, 1, 120);
        assertThat(turned).isEqualTo(bytes(30, 10, 20));

        byte[] grey = bytes(10, 20, 30);
        ColourJitter.change(grey, 1, 0, 77);
        assertThat(grey).isEqualTo(bytes(20, 20, 20));

        byte[] stronger = bytes(10, 100, 200);
        ColourJitter.change(stronger, 1.2, 1, 0); // 127.5 + 1.2 * (v - 127.5)
        assertThat(stronger).isEqualTo(bytes(0, 95, 215));
    }

    @Test
    void strengthsAreTheLimitsAndEqualSeedsGiveEqualPictures() {
        for (int i = 0; i < 200; i++) {
            byte[] bright = filled(1, 1, 100);
            new Brightness(0.2).apply(bright, 1, 1, Seeds.random(1, i));
            assertThat(bright[0] & 0xFF).isBetween(80, 120);
            byte[] shifted = filled(1, 1, 100);
            new ChannelShift(10).apply(shifted, 1, 1, Seeds.random(1, i));
            assertThat(shifted[2] & 0xFF).isBetween(90, 110);
        }
        List<Augmentation> all = AugmentationPlan.atRandom(all(AugmentationMode.MIXED), GREY);
        byte[] pixels = noise(9, 9);
        byte[] once = pixels.clone();
        byte[] again = pixels.clone();
        var random = Seeds.random(4, 4);
        all.forEach(a -> a.apply(once, 9, 9, random));
        var equal = Seeds.random(4, 4);
        all.forEach(a -> a.apply(again, 9, 9, equal));
        assertThat(again).isEqualTo(once).isNotEqualTo(pixels);
    }

    @Test
    void separateKindsHoldEveryPictureOnceInBatchesThatTakeTurns() {
        AugmentationPlan kinds = AugmentationPlan.of(all(AugmentationMode.SEPARATE), GREY);
        assertThat(kinds.kinds()).hasSize(9).first().isEqualTo(new AugmentationPlan.Kind(List.of(), List.of()));
        BatchPlan plan = BatchPlan.training(24, 8, EpochSampler.EVERY_PICTURE_ONCE, kinds, 5, 1, 0);

        assertThat(plan.batches()).isEqualTo(27);
        for (int kind = 0; kind < 9; kind++) {
            int[] seen = new int[24];
            for (int round = 0; round < 3; round++) {
                int batch = round * 9 + kind;
                Arrays.stream(plan.order(), plan.from(batch), plan.to(batch)).forEach(p -> seen[p]++);
            }
            assertThat(seen).containsOnly(1);
        }
    }

    @Test
    void unchangedBatchesStayAsTheyAreAndMirroredOnesAreAlwaysMirrored() {
        AugmentationPlan kinds = AugmentationPlan.of(
                new AugmentationConfig(true, AugmentationMode.SEPARATE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), GREY);
        BatchPlan plan = BatchPlan.training(4, 2, EpochSampler.EVERY_PICTURE_ONCE, kinds, 5, 1, 0);
        for (int position = 0; position < 8; position++) {
            byte[] pixels = bytes(1, 2, 3, 4, 5, 6);
            plan.augment(position, pixels, 2, 1);
            boolean mirrored = position / 2 % 2 == 1;
            assertThat(pixels).isEqualTo(mirrored ? bytes(4, 5, 6, 1, 2, 3) : bytes(1, 2, 3, 4, 5, 6));
        }
    }

    private static AugmentationConfig all(AugmentationMode mode) {
        return new AugmentationConfig(true, mode, 1, 0.2, 10, 0.3, 10, 0.2, 0.2, 0.2, 10, 0, 0);
    }

    private static byte[] noise(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        var random = Seeds.random(8);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return pixels;
    }

    private static byte[] filled(int width, int height, int value) {
        byte[] pixels = new byte[width * height * 3];
        Arrays.fill(pixels, (byte) value);
        return pixels;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
