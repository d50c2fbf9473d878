package ai.facet.export.int8;

import ai.facet.bundle.ModelBundle;
import ai.facet.json.Json;
import ai.facet.prediction.Int8Check;
import ai.facet.schema.AttributeSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code int8.json}: how an int8 model was made and how well it answers. Format in the package description.
 *
 * @param sha256 of the model's file
 */
public record Int8Report(
        String sha256, Int8Settings settings, Int8Quantizer.Quantized quantized, Int8Verdict verdict, Int8Check check) {
    private static final int FORMAT_VERSION = 1;

    /** The document. */
    public String toText(AttributeSchema schema) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("artifact", ModelBundle.INT8);
        json.put("sha256", sha256);
        json.put("weightBits", settings.weightBits());
        json.put("method", settings.method().id());
        json.put("calibrationPictures", settings.calibration().size());
        json.put("quantizedConvolutions", quantized.integerConvolutions());
        json.put("convolutions", quantized.convolutions());
        json.put("fittedLayers", quantized.fittedLayers());
        json.put("evaluation", verdict.toJson());
        json.put("selfCheck", check.toJson(schema));
        return Json.writePretty(json);
    }
}
