package ai.facet.train.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancedSamplerTest {
    private static final int SIZE = 400;
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            Attribute.ofTitle("light", List.of("dark", "bright")),
            Attribute.ofTitle("bag", List.of("none", "small", "large")),
            Attribute.ofTitle("never", List.of("a", "b"))));

    /** One in twenty is bright; of the bags 70 % are none, 25 % small, and every tenth label is missing. */
    private static final Pictures PICTURES = new Pictures() {
        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public int[] labels(int index) {
            int bag = index % 20 < 14 ? 0 : index % 20 < 19 ? 1 : 2;
            return new int[] {index % 20 == 3 ? 1 : 0, index % 10 == 0 ? -1 : bag, -1};
        }

        @Override
        public void readPixels(int index, byte[] pixelsHwc) {
            throw new UnsupportedOperationException();
        }
    };

    @Test
    void classesOfOneAttributeComeUpEquallyOften() {
        int[] seen = seen(sampler("light").order(SIZE, 5, 0), 0, 2);

        assertThat(seen[0]).isCloseTo(SIZE / 2, within(1));
        assertThat(seen[1]).isCloseTo(SIZE / 2, within(1));
    }

    @Test
    void everyPictureComesUpAsOftenAsExpectedGiveOrTakeOne() {
        int[] order = sampler("light").order(SIZE, 5, 3);
        int[] times = new int[SIZE];
        for (int picture : order) {
            times[picture]++;
        }

        for (int i = 0; i < SIZE; i++) {
            // 200 draws among 20 bright pictures, 200 among 380 dark ones
            assertThat(times[i]).isBetween(i % 20 == 3 ? 9 : 0, i % 20 == 3 ? 11 : 1);
        }
    }

    @Test
    void picturesWithoutTheLabelAreNotDrawn() {
        int[] order = sampler("bag").order(SIZE, 5, 0);

        assertThat(Arrays.stream(order)).noneMatch(picture -> picture % 10 == 0);
        assertThat(seen(order, 1, 3)[1]).isCloseTo(SIZE / 3, within(2));
    }

    @Test
    void severalAttributesShareTheDraws() {
        int[] order = sampler("light", "bag").order(SIZE, 5, 0);

        // half of the draws are even over light, the other half follow the bags: bright between 5 % and 50 %
        assertThat(seen(order, 0, 2)[1]).isBetween(SIZE / 5, SIZE / 2);
    }

    @Test
    void anEpochsOrderIsItsOwnAndAlwaysTheSame() {
        BalancedSampler sampler = sampler("light");

        assertThat(sampler.order(SIZE, 5, 1)).isEqualTo(sampler.order(SIZE, 5, 1));
        assertThat(sampler.order(SIZE, 5, 1)).isNotEqualTo(sampler.order(SIZE, 5, 2));
        assertThat(sampler.order(SIZE, 5, 1)).isNotEqualTo(sampler.order(SIZE, 6, 1));
    }

    @Test
    void expectsAsManyDrawsAsItMakes() {
        BalancedSampler sampler = sampler("light", "bag");
        double[] expected = sampler.expectedDraws(SIZE);
        double[] drawn = new double[SIZE];
        for (int epoch = 0; epoch < 50; epoch++) {
            for (int picture : sampler.order(SIZE, 5, epoch)) {
                drawn[picture] += 1.0 / 50;
            }
        }

        assertThat(expected).hasSize(SIZE);
        assertThat(java.util.Arrays.stream(expected).sum()).isCloseTo(SIZE, within(1e-6));
        for (int i = 0; i < SIZE; i++) {
            assertThat(drawn[i]).isCloseTo(expected[i], within(0.15 * expected[i] + 0.15));
        }
    }

    @Test
    void saysWhenThereIsNoLabelAtAll() {
        assertThatThrownBy(() -> sampler("never")).hasMessageContaining("no training picture");
    }

    private static BalancedSampler sampler(String... attributes) {
        return BalancedSampler.of(SCHEMA, PICTURES, List.of(attributes));
    }

    private static int[] seen(int[] order, int attribute, int classes) {
        int[] seen = new int[classes];
        for (int picture : order) {
            int label = PICTURES.labels(picture)[attribute];
            if (label >= 0) {
                seen[label]++;
            }
        }
        return seen;
    }
}
