package ai.facet.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base64TextTest {
    /** The test vectors of RFC 4648, section 10, and line breaks as RFC 2045 has them. */
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "Zg==, f",
        "Zm8=, fo",
        "Zm9v, foo",
        "Zm9vYg==, foob",
        "Zm9vYmFy, foobar",
        "'Zm9v\r\nYmFy', foobar"
    })
    void decodes(String text, String expected) {
        assertThat(new String(Base64Text.decode(text, "body.image"), US_ASCII)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Zm9*, 'body.image: character 4 is ''*'''",
        "Zm 9v, body.image: character 3 is U+0020",
        "-_==, 'body.image: character 1 is ''-'''",
        "Zm9\u00E9, body.image: character 4 is U+00E9"
    })
    void namesTheFirstWrongCharacter(String text, String message) {
        assertThatThrownBy(() -> Base64Text.decode(text, "body.image"))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith(message + "; expected base64");
    }

    @Test
    void tellsOfATextThatIsCut() {
        assertThatThrownBy(() -> Base64Text.decode("Zm9vY", "body.image"))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("body.image is cut or wrongly padded");
    }
}
