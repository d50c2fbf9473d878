package ai.facet.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributeSchemaTest {
    private static final List<String> YES_NO = List.of("no", "yes");

    @ParameterizedTest
    @CsvSource({
        "Age, age",
        "Image Quality, image_quality",
        "' Bag (any) ', bag_any",
        "carryingBag, carryingbag",
        "x--1, x_1"
    })
    void idsComeFromTitles(String title, String id) {
        Attribute attribute = Attribute.ofTitle(title, YES_NO);

        assertThat(attribute.id()).isEqualTo(id);
        assertThat(attribute.title()).isEqualTo(title);
        assertThat(attribute.logitsName()).isEqualTo(id + "_logits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "Image", "age logits", "2 legs", "???", ""})
    void refusesTitlesThatGiveNoUsableId(String title) {
        assertThatThrownBy(() -> Attribute.ofTitle(title, YES_NO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Rename the column \"" + title + "\"");
    }

    @Test
    void refusesClassesThatCannotBeToldApart() {
        assertThatThrownBy(() -> new Attribute("a", "A", List.of("one"))).hasMessageContaining("at least two");
        assertThatThrownBy(() -> new Attribute("a", "A", List.of("x", "x"))).hasMessageContaining("repeated");
        assertThatThrownBy(() -> new Attribute("a", "A", List.of("x", " "))).hasMessageContaining("blank");
    }

    @Test
    void refusesTwoColumnsWithOneId() {
        Attribute first = Attribute.ofTitle("Has bag", YES_NO);
        Attribute second = Attribute.ofTitle("has-bag", YES_NO);

        assertThatThrownBy(() -> new AttributeSchema(List.of(first, second)))
                .hasMessage("two attributes have the id \"has_bag\"; rename one of their columns");
        assertThatThrownBy(() -> new AttributeSchema(List.of())).hasMessageContaining("at least one");
    }

    @Test
    void findsAttributesAndClasses() {
        AttributeSchema schema = schema();

        assertThat(schema.byId("age").indexOf("25-35")).isEqualTo(1);
        assertThat(schema.byId("age").indexOf("33-44")).isEqualTo(-1);
        assertThat(schema.totalClasses()).isEqualTo(5);
        assertThatThrownBy(() -> schema.byId("aeg")).hasMessage("no attribute \"aeg\"; expected one of [age, bag]");
    }

    @Test
    void fileTextReadsBackInOrder() {
        AttributeSchema schema = schema();

        AttributeSchema back = AttributeSchema.fromJson(Json.parseObject(schema.toFileText(), "schema.json"));

        assertThat(back).isEqualTo(schema);
    }

    @Test
    void namesThePlaceInAFile() {
        assertThatThrownBy(() -> fromJson("{}")).hasMessageContaining("schema.json.attributes: is missing");
        assertThatThrownBy(() -> fromJson("{\"attributes\":[{\"id\":\"a\",\"title\":\"A\"}]}"))
                .hasMessageContaining("schema.json.attributes[0].classes: is missing");
        assertThatThrownBy(
                        () -> fromJson("{\"attributes\":[{\"id\":\"A\",\"title\":\"A\",\"classes\":[\"x\",\"y\"]}]}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("attribute id \"A\" is not allowed");
    }

    private static AttributeSchema schema() {
        return new AttributeSchema(
                List.of(Attribute.ofTitle("Age", List.of("15-25", "25-35", "35+")), Attribute.ofTitle("bag", YES_NO)));
    }

    private static AttributeSchema fromJson(String text) {
        return AttributeSchema.fromJson(Json.parseObject(text, "schema.json"));
    }
}
