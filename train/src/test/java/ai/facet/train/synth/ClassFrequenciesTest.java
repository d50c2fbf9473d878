package ai.facet.train.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassFrequenciesTest {
    private static final int DRAWS = 20_000;

    @ParameterizedTest
    @EnumSource(Attributes.class)
    void drawsClassesAsOftenAsTheOriginalLabels(Attributes attribute) {
        SplittableRandom random = new SplittableRandom(17);
        int[] counts = new int[attribute.classes().size()];

        for (int i = 0; i < DRAWS; i++) {
            counts[attribute.draw(random)]++;
        }

        for (int i = 0; i < counts.length; i++) {
            double share = attribute.share(i);
            double fourSigma = 4 * Math.sqrt(share * (1 - share) / DRAWS);
            assertThat((double) counts[i] / DRAWS).isBetween(share - fourSigma, share + fourSigma);
        }
    }

    /** Majority rates that the original project published. */
    @Test
    void majorityRatesAreThePublishedOnes() {
        assertThat(Attributes.GENDER.share(Attributes.GENDER.classes().indexOf("male")))
                .isBetween(0.5625, 0.5635);
        assertThat(Attributes.AGE.share(1)).isBetween(0.398, 0.400);
        assertThat(Attributes.FOOTWEAR.share(2)).isBetween(0.444, 0.446);
        assertThat(Attributes.EMOTION.share(2)).isBetween(0.711, 0.713);
    }
}
