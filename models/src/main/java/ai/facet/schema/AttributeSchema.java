package ai.facet.schema;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The attributes of a model in output order. JSON form: {@code {"attributes": [{"id", "title", "classes"}, ...]}}.
 */
public record AttributeSchema(List<Attribute> attributes) {
    public AttributeSchema {
        attributes = List.copyOf(attributes);
        if (attributes.isEmpty()) {
            throw new IllegalArgumentException("a schema needs at least one attribute");
        }
        Set<String> ids = new HashSet<>();
        for (Attribute attribute : attributes) {
            if (!ids.add(attribute.id())) {
                throw new IllegalArgumentException(
                        "two attributes have the id \"" + attribute.id() + "\"; rename one of their columns");
            }
        }
    }

    public int size() {
        return attributes.size();
    }

    /**
     * The attribute with an id.
     *
     * @throws IllegalArgumentException naming the known ids if there is none
     */
    public Attribute byId(String id) {
        return attributes.stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no attribute \"" + id + "\"; expected one of "
                        + attributes.stream().map(Attribute::id).collect(Collectors.toList())));
    }

    /** The sum of class counts over all attributes. */
    public int totalClasses() {
        return attributes.stream().mapToInt(Attribute::classCount).sum();
    }

    /**
     * Reads the member {@code attributes} of a JSON object.
     *
     * @throws JsonException if it is missing or an attribute breaks a rule of {@link Attribute}
     */
    public static AttributeSchema fromJson(JsonObject json) {
        try {
            return new AttributeSchema(json.objects("attributes").stream()
                    .map(a -> new Attribute(a.string("id"), a.string("title"), a.strings("classes")))
                    .collect(Collectors.toList()));
        } catch (IllegalArgumentException e) {
            throw json.error("attributes", String.valueOf(e.getMessage()));
        }
    }

    /** The value of the member {@code attributes}. */
    public List<Map<String, Object>> toJson() {
        return attributes.stream().map(AttributeSchema::toJson).collect(Collectors.toList());
    }

    /** A whole schema file. */
    public String toFileText() {
        return Json.writePretty(Map.of("attributes", toJson()));
    }

    private static Map<String, Object> toJson(Attribute attribute) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", attribute.id());
        json.put("title", attribute.title());
        json.put("classes", attribute.classes());
        return json;
    }
}
