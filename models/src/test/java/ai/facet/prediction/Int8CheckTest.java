package ai.facet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int8CheckTest {
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            new Attribute("size", "Size", List.of("small", "large")),
            new Attribute("colour", "Colour", List.of("red", "green", "blue"))));

    @Test
    void readsWhatItWrote() {
        Int8Check check = new Int8Check(List.of(3L, 11L), List.of(new int[] {0, 2}, new int[] {1, 1}));

        String text = Json.writePretty(check.toJson(SCHEMA));
        Int8Check read = Int8Check.fromJson(Json.parseObject(text, "int8.json"), SCHEMA);

        assertThat(text).contains("\"blue\"", "\"small\"");
        assertThat(read.seeds()).isEqualTo(check.seeds());
        assertThat(read.classes().get(0)).containsExactly(0, 2);
        assertThat(read.classes().get(1)).containsExactly(1, 1);
    }

    @Test
    void anAnswerThatIsMissingOrUnknownIsNamed() {
        String text = "{\"seeds\": [1, 2], \"classes\": {\"size\": [\"small\"], \"colour\": [\"red\", \"red\"]}}";

        assertThatThrownBy(() -> Int8Check.fromJson(Json.parseObject(text, "int8.json"), SCHEMA))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("classes.size: has 1 classes; expected 2");
        String other = text.replace("[\"small\"]", "[\"small\", \"tiny\"]");
        assertThatThrownBy(() -> Int8Check.fromJson(Json.parseObject(other, "int8.json"), SCHEMA))
                .hasMessageContaining("classes.size: holds \"tiny\"; expected one of [small, large]");
    }

    @Test
    void countsAnswersThatAreOthers() {
        Int8Check check = new Int8Check(List.of(3L, 11L), List.of(new int[] {0, 2}, new int[] {1, 1}));
        Preprocessing input = Preprocessing.square(16);
        List<byte[]> asked = new ArrayList<>();

        int different = check.different(input, pixels -> {
            asked.add(pixels);
            return answers(0, 1); // of the four stored ones 0 and 1 agree
        });

        assertThat(different).isEqualTo(2);
        assertThat(check.answers()).isEqualTo(4);
        assertThat(asked).containsExactly(Int8Check.pixels(3, 16, 16), Int8Check.pixels(11, 16, 16));
    }

    private static Prediction answers(int size, int colour) {
        return new Prediction(List.of(answer(0, size), answer(1, colour)));
    }

    private static AttributePrediction answer(int index, int classIndex) {
        Attribute attribute = SCHEMA.attributes().get(index);
        float[] probabilities = new float[attribute.classCount()];
        probabilities[classIndex] = 1;
        return AttributePrediction.of(attribute, probabilities, 0);
    }

    /** The first point is the first pixel; the picture of a seed may never change. */
    @Test
    void picturesAreDrawnFromTheirSeedAlone() {
        byte[] pixels = Int8Check.pixels(7, 8, 4);
        Random random = new Random(7);

        assertThat(pixels).hasSize(8 * 4 * 3).isEqualTo(Int8Check.pixels(7, 8, 4));
        int[] first = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
        int[] second = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
        for (int channel = 0; channel < 3; channel++) {
            assertThat(pixels[channel] & 0xFF).isEqualTo(first[channel]);
            // eight pixels over four patches: the second pixel lies halfway between the first two points
            assertThat(pixels[3 + channel] & 0xFF).isEqualTo((first[channel] + second[channel]) / 2);
        }
    }
}
