package ai.facet.serve.http;

import ai.facet.cli.FacetVersion;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document: paths from {@link Endpoint}, schemas from {@code openapi-components.json}. */
final class OpenApi {
    private static final String COMPONENTS = "openapi-components.json";
    private static final String JSON = "application/json";
    private static final Pattern REFERENCE = Pattern.compile("\"#/components/schemas/(\\w+)\"");
    private static final List<String> PICTURE_TYPES =
            List.of("image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif");

    private OpenApi() {}

    /** The JSON value of the document about a port. */
    static Map<String, Object> document(Surface surface) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Facet", "version", FacetVersion.current()));
        document.put("security", List.of(Map.of(), Map.of("token", List.of())));
        document.put("paths", paths(surface));
        document.put("components", components(Json.write(document)));
        return document;
    }

    /** The schemas that the paths refer to, and those that these refer to. */
    private static Map<String, Object> components(String paths) {
        JsonObject all = readComponents();
        Map<String, Object> schemas = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(references(paths));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!schemas.containsKey(name)) {
                Map<?, ?> schema = all.object("schemas").object(name).raw();
                schemas.put(name, schema);
                open.addAll(references(Json.write(schema)));
            }
        }
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("securitySchemes", all.object("securitySchemes").raw());
        components.put("schemas", schemas);
        return components;
    }

    private static List<String> references(String json) {
        return REFERENCE.matcher(json).results().map(match -> match.group(1)).toList();
    }

    private static JsonObject readComponents() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(COMPONENTS), COMPONENTS)) {
            return Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8), COMPONENTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> paths(Surface surface) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Endpoint endpoint : surface.endpoints()) {
            String method = endpoint.method().name().toLowerCase(Locale.ROOT);
            paths.computeIfAbsent(endpoint.template(), path -> new LinkedHashMap<>())
                    .put(method, operation(endpoint));
        }
        return new LinkedHashMap<>(paths);
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
        parameter.put("required", place.equals("path") || name.equals(Endpoint.Query.URL));
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
            case MODEL_VERSION -> json("ModelWorkflow");
            case REGISTER, UNREGISTER, UNREGISTER_VERSION, RELOAD, RELOAD_VERSION -> json("Status");
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
