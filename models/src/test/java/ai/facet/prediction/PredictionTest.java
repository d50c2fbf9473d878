package ai.facet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.json.Json;
import ai.facet.schema.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PredictionTest {
    private static final Attribute AGE = new Attribute("age", "Age", List.of("young", "old", "older"));

    /** Values of NumPy: {@code e = np.exp(x / t - max(x / t)); e / e.sum()}. */
    @Test
    void softmaxEqualsNumPy() {
        float[] plain = Softmax.of(new float[] {1, 2, 3}, 1);
        float[] tempered = Softmax.of(new float[] {1, 2, 3}, 2);

        assertThat(plain).containsExactly(new float[] {0.09003057f, 0.2447285f, 0.665241f}, within(1e-7f));
        assertThat(tempered).containsExactly(new float[] {0.18632372f, 0.3071959f, 0.5064804f}, within(1e-7f));
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        assertThat(Softmax.of(new float[] {3e38f, -3e38f}, 1)).containsExactly(1, 0);
        assertThat(Softmax.of(new float[] {-1e30f, -1e30f}, 0.01)).containsExactly(0.5f, 0.5f);
    }

    @Test
    void theFirstOfEqualsWins() {
        assertThat(AttributePrediction.of(AGE, new float[] {0.2f, 0.4f, 0.4f}, 0)
                        .className())
                .isEqualTo("old");
    }

    @Test
    void withholdsBelowItsThresholdOnly() {
        float[] probabilities = {0.25f, 0.5f, 0.25f};

        assertThat(AttributePrediction.of(AGE, probabilities, 0.5).unsure()).isFalse();
        assertThat(AttributePrediction.of(AGE, probabilities, 0.51).unsure()).isTrue();
        assertThat(AttributePrediction.of(AGE, new float[] {1, 0, 0}, 1).unsure())
                .as("no threshold was good enough")
                .isTrue();
    }

    @Test
    void aBrokenNetworkHasNoAnswer() {
        Attribute bag = new Attribute("bag", "Bag", List.of("no", "yes"));

        assertThatThrownBy(() -> AttributePrediction.of(bag, new float[] {Float.NaN, 0.5f}, 0))
                .isInstanceOf(NonFiniteOutputException.class)
                .hasMessageContainingAll("attribute bag", "NaN", "expected finite numbers");
    }

    @Test
    void jsonHasAllProbabilitiesWhenAskedFor() {
        Prediction prediction =
                new Prediction(List.of(AttributePrediction.of(AGE, new float[] {0.25f, 0.5f, 0.25f}, 0)));

        assertThat(Json.write(prediction.toJson(false)))
                .isEqualTo("{\"age\":{\"class\":\"old\",\"probability\":0.5,\"unsure\":false}}");
        assertThat(Json.write(prediction.toJson(true)))
                .isEqualTo("{\"age\":{\"class\":\"old\",\"probability\":0.5,\"unsure\":false,"
                        + "\"probabilities\":{\"young\":0.25,\"old\":0.5,\"older\":0.25}}}");
    }
}
