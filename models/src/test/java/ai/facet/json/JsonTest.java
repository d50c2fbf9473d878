package ai.facet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    private static final long SEED = 5;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                  | x:1:1: the text ends too early
                    {                   | x:1:2: the text ends too early
                    [1,                 | x:1:4: the text ends too early
                    [1,]                | x:1:4: expected a value
                    [1 2]               | x:1:4: expected ']'
                    {"a" 1}             | x:1:6: expected ':'
                    {"a":1,}            | x:1:8: expected a string
                    {a:1}               | x:1:2: expected a string
                    {"a":1,"a":2}       | x:1:12: key "a" stands twice
                    [1]]                | x:1:4: expected the end of the text
                    01                  | x:1:1: expected a value
                    +1                  | x:1:1: expected a value
                    .5                  | x:1:1: expected a value
                    -                   | x:1:2: the text ends too early
                    -x                  | x:1:1: expected a value
                    1.                  | x:1:3: expected a digit
                    1e                  | x:1:3: expected a digit
                    1e999               | number 1e999 is out of range
                    NaN                 | x:1:1: expected a value
                    nul                 | x:1:1: expected null
                    tru                 | x:1:1: expected true
                    'a'                 | x:1:1: expected a value
                    "a                  | x:1:3: the text ends too early
                    "\\x"               | unknown escape \\x
                    "\\u12"             | hexadecimal digits
                    "\\u12g4"           | hexadecimal digits
                    "\\u\uFF11234"      | hexadecimal digits
                    // comment          | x:1:1: expected a value
                    """)
    void refusesMalformedText(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text, "x"))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("x:1:")
                .hasMessageContaining(message);
    }

    @Test
    void countsLinesAndColumns() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  \"b\" 2\n}", "model.json"))
                .hasMessage("model.json:3:7: expected ':'");
    }

    @Test
    void refusesControlCharactersAndDeepNesting() {
        assertThatThrownBy(() -> Json.parse("\"a\nb\"", "x")).hasMessageContaining("control character");
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64), "x")).isInstanceOf(List.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000), "x")).hasMessageContaining("nested deeper than 64");
    }

    @Test
    void readsEveryKindOfValue() {
        Object value = Json.parse(" {\"a\":[1,-2.5e1,true,false,null,\"\\u00e9\\n\\/\"],\"b\":{}} ", "x");

        assertThat(value)
                .isEqualTo(mapOf(
                        "a", Arrays.asList(1L, -25.0, true, false, null, "\u00e9\n/"), "b", new LinkedHashMap<>()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1})
    void integersKeepEveryDigit(long value) {
        assertThat(Json.parseObject(Json.write(Map.of("seed", value)), "x").integer("seed"))
                .isEqualTo(value);
    }

    @Test
    void integersBeyondLongAreNotIntegers() {
        JsonObject object = Json.parseObject("{\"n\": 9223372036854775808}", "x");

        assertThat(object.number("n")).isEqualTo(0x1p63);
        assertThatThrownBy(() -> object.integer("n"))
                .hasMessageContaining("x.n: is 9.2")
                .hasMessageContaining("an integer");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            Object value = randomValue(random, 4);
            assertThat(Json.parse(Json.write(value), "x")).as("seed %d", SEED).isEqualTo(value);
            assertThat(Json.parse(Json.writePretty(value), "x"))
                    .as("seed %d", SEED)
                    .isEqualTo(value);
        }
    }

    @Test
    void writesWhatPeopleCanRead() {
        Object value = mapOf("n", List.of(1, 2), "o", List.of(mapOf("p", "q", "r", 1.5f)));

        assertThat(Json.writePretty(value)).isEqualTo("""
                        {
                          "n": [1, 2],
                          "o": [
                            {
                              "p": "q",
                              "r": 1.5
                            }
                          ]
                        }
                        """);
        assertThat(Json.write(value)).isEqualTo("{\"n\":[1,2],\"o\":[{\"p\":\"q\",\"r\":1.5}]}");
    }

    @Test
    void textMayStandInsideAScriptElement() {
        assertThat(Json.write("</script>\u2028")).isEqualTo("\"\\u003c/script>\\u2028\"");
    }

    @Test
    void refusesToWriteWhatJsonDoesNotHave() {
        assertThatThrownBy(() -> Json.write(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Json.write(Float.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> Json.write(new Object())).hasMessageContaining("java.lang.Object");
    }

    @Test
    void gettersNameThePlaceAndWhatTheyFound() {
        JsonObject object = Json.parseObject(
                "{\"s\":\"text\",\"n\":1.5,\"l\":[1,\"a\"],\"o\":[{\"k\":true}],\"z\":null,\"big\":5000000000}",
                "m.json");

        assertThatThrownBy(() -> object.string("n")).hasMessage("m.json.n: is 1.5; expected a string");
        assertThatThrownBy(() -> object.string("none")).hasMessage("m.json.none: is missing; expected a string");
        assertThatThrownBy(() -> object.string("z")).hasMessage("m.json.z: is null; expected a string");
        assertThatThrownBy(() -> object.integer("n")).hasMessage("m.json.n: is 1.5; expected an integer");
        assertThatThrownBy(() -> object.int32("big")).hasMessageContaining("an integer of 32 bits");
        assertThatThrownBy(() -> object.strings("l")).hasMessageContaining("a list of strings");
        assertThatThrownBy(() -> object.objects("l")).hasMessageContaining("a list of objects");
        assertThatThrownBy(() -> object.object("s")).hasMessageContaining("an object");
        assertThatThrownBy(() -> object.objects("o").get(0).number("k"))
                .hasMessage("m.json.o[0].k: is true; expected a number");
        assertThatThrownBy(() -> Json.parseObject("[]", "m.json"))
                .hasMessageContaining("a JSON object at the top level");
        assertThat(object.has("z")).isFalse();
        assertThat(object.keys()).containsExactly("s", "n", "l", "o", "z", "big");
    }

    private static @Nullable Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case 4 -> randomText(random);
            case 5 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(randomValue(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(randomText(random), randomValue(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65536));
        }
        return text.toString();
    }

    private static Map<String, Object> mapOf(String key1, Object value1, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }
}
