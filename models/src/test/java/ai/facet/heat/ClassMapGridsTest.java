package ai.facet.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.JsonException;
import ai.facet.network.CellGrid;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassMapGridsTest {
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            new Attribute("size", "Size", List.of("small", "large")),
            new Attribute("colour", "Colour", List.of("red", "green"))));
    private static final ClassMapGrids GRIDS =
            new ClassMapGrids(List.of(new CellGrid(7, 5, 0.5, 16), new CellGrid(3, 2, 8, 32)));

    @Test
    void readsWhatItWrote() {
        assertThat(ClassMapGrids.parse(GRIDS.toText(SCHEMA), "maps", SCHEMA)).isEqualTo(GRIDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "formatVersion": 1 | "formatVersion": 2 | maps.formatVersion: is 2; expected 1. Use a newer Facet
            "stepPx": 16       | "stepPx": 0        | maps.maps.size.stepPx: is 0; expected 1 to 4096
            size_cam           | size_heat          | maps.maps.size.output: is "size_heat"; expected "size_cam"
            "colour":          | "color":           | maps.maps.colour: is missing
            """)
    void refusesWhatDoesNotFit(String found, String replacement, String message) {
        String text = GRIDS.toText(SCHEMA).replace(found, replacement);

        assertThatThrownBy(() -> ClassMapGrids.parse(text, "maps", SCHEMA))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }
}
