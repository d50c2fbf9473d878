package ai.facet.serve.djl;

import ai.djl.modality.Input;
import ai.djl.ndarray.BytesSupplier;
import ai.djl.util.PairList;
import ai.facet.json.Base64Text;
import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds the encoded picture in a request as DJL Serving hands it over: the whole body, the part {@code image},
 * {@code data} or {@code file} of a form, or base64 in JSON {@code {"image": ...}}.
 */
final class RequestImage {
    private static final List<String> PARTS = List.of("image", "data", "file", "body");
    private static final String JSON_FIELD = "image";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON_TYPE = "application/json";

    private RequestImage() {}

    /**
     * The picture's bytes.
     *
     * @throws IllegalArgumentException saying what the request holds and what is expected
     */
    static byte[] of(Input request) {
        byte[] content = content(request.getContent());
        String type = request.getProperty(CONTENT_TYPE, "");
        return type.startsWith(JSON_TYPE) || isJsonObject(content) ? fromJson(content) : content;
    }

    private static byte[] content(PairList<String, BytesSupplier> parts) {
        for (String name : PARTS) {
            BytesSupplier part = parts.get(name);
            if (part != null) {
                return part.getAsBytes();
            }
        }
        if (parts.size() == 1) {
            return parts.valueAt(0).getAsBytes();
        }
        throw new IllegalArgumentException("the request has parts " + parts.keys()
                + "; expected a picture as the body, as the part image, data or file, or as JSON {\"image\": base64}");
    }

    /** No picture format that Facet reads starts with a brace. */
    private static boolean isJsonObject(byte[] content) {
        return content.length > 0 && content[0] == '{';
    }

    private static byte[] fromJson(byte[] content) {
        try {
            JsonObject json = Json.parseObject(new String(content, StandardCharsets.UTF_8), "request");
            return Base64Text.decode(json.string(JSON_FIELD), "request.image");
        } catch (JsonException e) {
            throw new IllegalArgumentException(e.getMessage() + "; expected {\"image\": \"<base64>\"}", e);
        }
    }
}
