package ai.facet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PreprocessingTest {
    @ParameterizedTest
    @EnumSource(Fit.class)
    void jsonReadsBack(Fit fit) {
        Preprocessing p = new Preprocessing(224, 96, fit, 0x00AB0C, List.of(1.5, 2.0, 3.0), List.of(0.25, 58.0, 1e-3));

        String text = Json.writePretty(p.toJson());

        assertThat(Preprocessing.fromJson(Json.parseObject(text, "x"))).isEqualTo(p);
        assertThat(text).contains("\"pad\": \"#00ab0c\"").contains("\"filter\": \"triangle\"");
        assertThat(p.imageBytes()).isEqualTo(224 * 96 * 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "widthPx":32                 | "widthPx":0                  | input size 0x32
                    "widthPx":32                 | "widthPx":5000               | 1 to 4096
                    "widthPx":32                 | "widthPx":"32"               | x.widthPx: is "32"; expected an integer
                    "fit":"letterbox"            | "fit":"Letterbox"            | expected one of [letterbox, crop, stretch]
                    "filter":"triangle"          | "filter":"lanczos"           | expected "triangle"
                    "pad":"#808080"              | "pad":"808080"               | x.pad: is "808080"; expected a colour
                    "pad":"#808080"              | "pad":"#-80808"              | expected a colour
                    "pad":"#808080"              | "pad":""                     | expected a colour
                    "mean":[127.5,127.5,127.5]   | "mean":[127.5]               | three values
                    "std":[127.5,127.5,127.5]    | "std":[1,0,1]                | std above 0
                    "std":[127.5,127.5,127.5]    | "std":[1,-1,1]               | std above 0
                    """)
    void namesWhatIsWrong(String good, String bad, String message) {
        String text = Json.write(Preprocessing.square(32).toJson());
        assertThat(text).contains(good);

        assertThatThrownBy(() -> Preprocessing.fromJson(Json.parseObject(text.replace(good, bad), "x")))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("x.")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAPadColourOutsideRgb() {
        List<Double> one = List.of(1.0, 1.0, 1.0);

        assertThatThrownBy(() -> new Preprocessing(8, 8, Fit.CROP, 0x1000000, one, one))
                .hasMessageContaining("pad");
    }
}
