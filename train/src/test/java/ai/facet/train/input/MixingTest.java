package ai.facet.train.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.AugmentationMode;
import ai.facet.train.input.BatchFeeder.Frame;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {
    private static final Frame FRAME = new Frame(6, 4);

    @Test
    void mixupIsTheRoundedWeightedMeanOfAPair() {
        ByteBuffer before = noise(5);
        for (int seed = 0; seed < 50; seed++) {
            ByteBuffer pixels = copy(before);
            double own = new Mixup(1).apply(pixels, 5, FRAME, new SplittableRandom(seed));

            for (int picture = 0; picture < 5; picture++) {
                for (int i = 0; i < FRAME.bytes(); i++) {
                    int mine = value(before, picture, i);
                    int others = value(before, 4 - picture, i);
                    assertThat(value(pixels, picture, i))
                            .isEqualTo((int) Math.floor(own * mine + (1 - own) * others + 0.5));
                }
            }
        }
    }

    @Test
    void cutmixExchangesOneRectangleAndTellsWhatIsLeft() {
        ByteBuffer before = noise(4);
        boolean some = false;
        for (int seed = 0; seed < 200; seed++) {
            ByteBuffer pixels = copy(before);
            double own = new Cutmix(1).apply(pixels, 4, FRAME, new SplittableRandom(seed));

            int kept = 0;
            int left = FRAME.widthPx();
            int right = -1;
            int top = FRAME.heightPx();
            int bottom = -1;
            for (int at = 0; at < FRAME.bytes() / 3; at++) {
                boolean mine = value(pixels, 0, at * 3) == value(before, 0, at * 3);
                for (int picture = 0; picture < 4; picture++) {
                    for (int c = 0; c < 3; c++) {
                        assertThat(value(pixels, picture, at * 3 + c))
                                .isEqualTo(value(before, mine ? picture : 3 - picture, at * 3 + c));
                    }
                }
                if (mine) {
                    kept++;
                } else {
                    left = Math.min(left, at % FRAME.widthPx());
                    right = Math.max(right, at % FRAME.widthPx());
                    top = Math.min(top, at / FRAME.widthPx());
                    bottom = Math.max(bottom, at / FRAME.widthPx());
                }
            }
            assertThat(own).isEqualTo(kept / 24.0, within(1e-12));
            int exchanged = right < 0 ? 0 : (right - left + 1) * (bottom - top + 1);
            assertThat(24 - kept).as("a full rectangle").isEqualTo(exchanged);
            some |= kept > 0 && kept < 24;
        }
        assertThat(some).isTrue();
    }

    /** Mean 1/2, variance 1 / (4 (2 alpha + 1)). */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 1, 2})
    void weightsHaveTheMomentsOfTheBetaDistribution(double alpha) {
        SplittableRandom random = new SplittableRandom(6);
        int n = 100_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double x = Mixing.beta(alpha, random);
            assertThat(x).isBetween(0.0, 1.0);
            sum += x;
            squares += (x - 0.5) * (x - 0.5);
        }
        assertThat(sum / n).isEqualTo(0.5, within(0.01));
        assertThat(squares / n).isEqualTo(1 / (4 * (2 * alpha + 1)), within(0.005));
    }

    @Test
    void labelsGoWithThePicturesAndABatchIsMixedTheSameWayAgain() {
        AugmentationPlan mixup = AugmentationPlan.of(config(AugmentationMode.MIXED), 0);
        int[][] labels = {{0}, {1}, {-1}};
        ByteBuffer first = noise(3);
        ByteBuffer again = noise(3);
        ByteBuffer next = noise(3);

        HostBatch.Mixed mixed = Objects.requireNonNull(plan(mixup, 0).mix(4, first, labels, FRAME));

        assertThat(mixed.labels()).isDeepEqualTo(new int[][] {{-1}, {1}, {0}});
        HostBatch.Mixed resumed = plan(mixup, 4).mix(4, again, labels, FRAME);
        assertThat(resumed).isNotNull().extracting(HostBatch.Mixed::ownShare).isEqualTo(mixed.ownShare());
        assertThat(again).isEqualTo(first);
        plan(mixup, 4).mix(5, next, labels, FRAME);
        assertThat(next).isNotEqualTo(first);
    }

    @Test
    void inSeparateModeMixedBatchesTakeTurnsWithUnchangedOnes() {
        BatchPlan plan = plan(AugmentationPlan.of(config(AugmentationMode.SEPARATE), 0), 0);
        int[][] labels = {{0}, {1}};

        assertThat(plan.mix(0, noise(2), labels, FRAME)).isNull();
        assertThat(plan.mix(1, noise(2), labels, FRAME)).isNotNull();
        assertThat(plan.mix(2, noise(2), labels, FRAME)).isNull();
    }

    @Test
    void aPartOfABatchKeepsItsPartners() {
        HostBatch batch = new HostBatch(
                noise(3), new int[][] {{0}, {1}, {2}}, new HostBatch.Mixed(new int[][] {{2}, {1}, {0}}, 0.3));

        HostBatch part = batch.part(1, 3, FRAME.bytes());

        HostBatch.Mixed mixed = Objects.requireNonNull(part.mixed());
        assertThat(mixed.labels()).isDeepEqualTo(new int[][] {{1}, {0}});
        assertThat(mixed.ownShare()).isEqualTo(0.3);
    }

    private static AugmentationConfig config(AugmentationMode mode) {
        return new AugmentationConfig(false, mode, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.4, 0);
    }

    private static BatchPlan plan(AugmentationPlan augmentations, int firstBatch) {
        return BatchPlan.training(60, 3, EpochSampler.EVERY_PICTURE_ONCE, augmentations, 5, 1, firstBatch);
    }

    private static ByteBuffer noise(int pictures) {
        ByteBuffer pixels = ByteBuffer.allocate(pictures * FRAME.bytes());
        var random = Seeds.random(8);
        while (pixels.hasRemaining()) {
            pixels.put((byte) random.nextInt(256));
        }
        return pixels.flip();
    }

    private static ByteBuffer copy(ByteBuffer pixels) {
        return ByteBuffer.allocate(pixels.remaining()).put(pixels.duplicate()).flip();
    }

    private static int value(ByteBuffer pixels, int picture, int index) {
        return pixels.get(picture * FRAME.bytes() + index) & 0xFF;
    }
}
