package ai.facet.description;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.network.NetworkSpec;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that a model needs besides its weights. Format in the package description.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}; also the model's name in URLs
 * @param calibration one for each attribute, in schema order
 * @param provenance JSON values only (see {@link Json}); what is known of the training
 * @param licence of the weights, an SPDX identifier or a sentence
 */
public record ModelDescription(
        String name,
        AttributeSchema schema,
        Preprocessing preprocessing,
        NetworkSpec network,
        List<Calibration> calibration,
        Map<String, ?> provenance,
        String licence) {
    public static final int FORMAT_VERSION = 1;

    /** Key of the document in an ONNX file's {@code metadata_props}. */
    public static final String ONNX_METADATA_KEY = "facet.model";

    /** Name of the document among a TorchScript archive's extra files. */
    public static final String TORCHSCRIPT_EXTRA_FILE = "facet.json";

    public ModelDescription {
        if (!isName(name)) {
            throw new IllegalArgumentException("model name \"" + name
                    + "\"; expected 1 to 128 letters, digits, '.', '_' and '-', first a letter or digit");
        }
        calibration = List.copyOf(calibration);
        if (calibration.size() != schema.size()) {
            throw new IllegalArgumentException(
                    calibration.size() + " calibrations for " + schema.size() + " attributes");
        }
    }

    /** Whether a model may be called so. */
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    }

    /**
     * Reads the document.
     *
     * @param source what the text is called in error messages
     * @throws JsonException if it is not valid or of a newer format
     */
    public static ModelDescription parse(String text, String source) {
        JsonObject json = Json.parseObject(text, source);
        if (json.int32("formatVersion") > FORMAT_VERSION || json.int32("formatVersion") < 1) {
            throw json.error(
                    "formatVersion",
                    "is " + json.int32("formatVersion") + "; expected 1 to " + FORMAT_VERSION
                            + ". Use a newer Facet for this model");
        }
        AttributeSchema schema = AttributeSchema.fromJson(json);
        JsonObject calibration = json.object("calibration");
        try {
            return new ModelDescription(
                    json.string("name"),
                    schema,
                    Preprocessing.fromJson(json.object("preprocessing")),
                    NetworkSpec.fromJson(json.object("network")),
                    schema.attributes().stream()
                            .map(a -> Calibration.fromJson(calibration.object(a.id())))
                            .collect(Collectors.toList()),
                    provenance(json),
                    json.string("licence"));
        } catch (IllegalArgumentException e) {
            throw new JsonException(source + ": " + e.getMessage());
        }
    }

    /** The same model with other facts about its training. */
    public ModelDescription withProvenance(Map<String, ?> newProvenance) {
        return new ModelDescription(name, schema, preprocessing, network, calibration, newProvenance, licence);
    }

    /** The same model with other temperatures and thresholds, one for each attribute. */
    public ModelDescription withCalibration(List<Calibration> newCalibration) {
        return new ModelDescription(name, schema, preprocessing, network, newCalibration, provenance, licence);
    }

    /** The document: the same description gives the same text. */
    public String toText() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("name", name);
        json.put("attributes", schema.toJson());
        json.put("preprocessing", preprocessing.toJson());
        json.put("network", network.toJson());
        json.put("calibration", calibrationJson());
        json.put("provenance", provenance);
        json.put("licence", licence);
        return Json.writePretty(json);
    }

    private Map<String, Object> calibrationJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            Attribute attribute = schema.attributes().get(i);
            json.put(attribute.id(), calibration.get(i).toJson());
        }
        return json;
    }

    private static Map<String, ?> provenance(JsonObject json) {
        Map<String, Object> copy = new LinkedHashMap<>();
        JsonObject provenance = json.object("provenance");
        for (String key : provenance.keys()) {
            Object value = provenance.raw(key);
            if (value != null) {
                copy.put(key, value);
            }
        }
        return copy;
    }
}
