package ai.facet.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelDescriptionTest {
    @Test
    void textReadsBackAndIsAlwaysTheSame() throws IOException {
        ModelDescription description = ModelDescription.parse(golden(), "model.json");

        assertThat(description.toText()).isEqualTo(golden());
        assertThat(ModelDescription.parse(description.toText(), "again")).isEqualTo(description);
        assertThat(description.schema().byId("shape").classes()).containsExactly("round", "square");
        assertThat(description.calibration().get(1)).isEqualTo(new Calibration(1.5, 0.6));
        assertThat(description.calibration().get(0)).isEqualTo(Calibration.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "formatVersion": 1   | "formatVersion": 2   | m.formatVersion: is 2; expected 1 to 1. Use a newer Facet
                    "formatVersion": 1   | "formatVersion": 0   | m.formatVersion: is 0
                    "name": "shapes"     | "name": "../shapes"  | model name "../shapes"
                    "name": "shapes"     | "name": ""           | model name ""
                    "licence"            | "license"            | m.licence: is missing
                    "temperature": 1.5   | "temperature": 0     | temperature 0.0; expected a number above 0
                    "unsureBelow": 0.6   | "unsureBelow": 1.6   | unsureBelow 1.6; expected 0 to 1
                    "colour": {          | "color": {           | m.calibration.colour: is missing
                    "id": "shape"        | "id": "colour"       | two attributes have the id "colour"
                    "id": "shape"        | "id": "image"        | attribute id "image" is not allowed
                    "fit": "letterbox"   | "fit": "mailbox"     | m.preprocessing.fit: is "mailbox"
                    """)
    void namesWhatIsWrong(String good, String bad, String message) throws IOException {
        assertThat(golden()).contains(good);
        String text = golden().replace(good, bad);

        assertThatThrownBy(() -> ModelDescription.parse(text, "m"))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("m")
                .hasMessageContaining(message);
    }

    private static String golden() throws IOException {
        try (InputStream in = ModelDescriptionTest.class.getResourceAsStream("/golden/bundle-v1/model.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
