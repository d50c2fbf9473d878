package ai.facet.serve.http;

import ai.facet.cli.FacetVersion;
import ai.facet.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The OpenAPI 3.1 document: paths from {@link Endpoint}, schemas from {@code openapi-components.json}. */
final class OpenApi {
    private static final String COMPONENTS = "openapi-components.json";
    private static final String JSON = "application/json";
    private static final List<String> PICTURE_TYPES =
            List.of("image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif");

    private OpenApi() {}

    /** The document's JSON value. */
    static Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Facet", "version", FacetVersion.current()));
        document.put("security", List.of(Map.of(), Map.of("token", List.of())));
        document.put("paths", paths());
        document.put("components", components());
        return document;
    }

    private static Object components() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(COMPONENTS), COMPONENTS)) {
            return Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8), COMPONENTS)
                    .raw();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> paths() {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Endpoint endpoint : Endpoint.values()) {
            String method = endpoint.method().name().toLowerCase(Locale.ROOT);
            paths.put(endpoint.template(), Map.of(method, operation(endpoint)));
        }
        return paths;
    }

    private static Map<String, Object> operation(Endpoint endpoint) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", endpoint.name().toLowerCase(Locale.ROOT));
        operation.put("summary", endpoint.summary());
        operation.put("parameters", parameters(endpoint));
        Map<String, Object> content = requestContent(endpoint);
        if (!content.isEmpty()) {
            operation.put("requestBody", Map.of("required", true, "content", content));
        }
        operation.put("responses", responses(endpoint));
        return operation;
    }

    private static List<Object> parameters(Endpoint endpoint) {
        List<Object> parameters = new ArrayList<>();
        endpoint.pathVariables().forEach(name -> parameters.add(parameter(name, "path")));
        endpoint.queryParameters().forEach(name -> parameters.add(parameter(name, "query")));
        return parameters;
    }

    private static Map<String, Object> parameter(String name, String place) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", place);
        parameter.put("required", place.equals("path"));
        parameter.put("schema", Map.of("type", Endpoint.Query.FLAGS.contains(name) ? "boolean" : "string"));
        return parameter;
    }

    private static Map<String, Object> requestContent(Endpoint endpoint) {
        return switch (endpoint) {
            case PREDICT, PREDICT_VERSION, INVOKE, INVOCATIONS -> pictures();
            case MODEL_INFER, VERSION_INFER -> json("InferenceRequest");
            default -> Map.of();
        };
    }

    private static Map<String, Object> pictures() {
        Map<String, Object> content = new LinkedHashMap<>();
        PICTURE_TYPES.forEach(type -> content.put(type, Map.of()));
        content.put("multipart/form-data", schema("PictureForm"));
        content.put(JSON, schema("PictureJson"));
        return content;
    }

    private static Map<String, Object> responses(Endpoint endpoint) {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", response(endpoint.summary(), reply(endpoint)));
        responses.put("default", response("An error", error(endpoint)));
        return responses;
    }

    private static Map<String, Object> reply(Endpoint endpoint) {
        return switch (endpoint) {
            case PREDICT, PREDICT_VERSION, INVOKE, INVOCATIONS -> json("Prediction");
            case MODELS -> json("ModelList");
            case MODEL -> json("ModelDescription");
            case PING -> json("Health");
            case SERVER_METADATA -> json("ServerMetadata");
            case SERVER_LIVE -> json("ServerLive");
            case SERVER_READY -> json("ServerReady");
            case MODEL_METADATA, VERSION_METADATA -> json("ModelMetadata");
            case MODEL_READY, VERSION_READY -> json("ModelReady");
            case MODEL_INFER, VERSION_INFER -> json("InferenceResponse");
            case PAGE -> text("text/html");
            case PAGE_SCRIPT -> text("text/javascript");
            case PAGE_STYLE -> text("text/css");
            case METRICS -> text("text/plain");
            case OPENAPI -> json("OpenApi");
        };
    }

    private static Map<String, Object> text(String mediaType) {
        return Map.of(mediaType, Map.of("schema", Map.of("type", "string")));
    }

    private static Map<String, Object> error(Endpoint endpoint) {
        return switch (ErrorForm.ofPath(endpoint.template())) {
            case DJL_SERVING -> json("Error");
            case OPEN_INFERENCE -> json("InferenceError");
        };
    }

    private static Map<String, Object> response(String description, Map<String, Object> content) {
        return Map.of("description", description, "content", content);
    }

    private static Map<String, Object> json(String schema) {
        return Map.of(JSON, schema(schema));
    }

    private static Map<String, Object> schema(String name) {
        return Map.of("schema", Map.of("$ref", "#/components/schemas/" + name));
    }
}
