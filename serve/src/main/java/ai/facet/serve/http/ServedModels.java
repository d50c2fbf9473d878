package ai.facet.serve.http;

import ai.facet.serve.batch.PredictionService;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models of a server, by their names in URLs, and what DJL Serving's routes tell of them. Thread-safe. */
final class ServedModels implements AutoCloseable {
    /** A bundle has no versions of its own, so each model is served as the first. */
    static final String VERSION = "1";

    private final Map<String, PredictionService> services;

    ServedModels(Map<String, PredictionService> services) {
        this.services = new LinkedHashMap<>(services);
    }

    /**
     * A model.
     *
     * @param version null for any
     * @throws HttpFailure 404 naming what there is
     */
    PredictionService find(String name, @Nullable String version) {
        PredictionService service = services.get(name);
        if (service == null) {
            throw notFound("no model \"" + HttpFailure.abbreviate(name) + "\"; there are " + services.keySet());
        }
        if (version != null && !version.equals(VERSION)) {
            throw notFound("model " + name + " has no version \"" + HttpFailure.abbreviate(version) + "\"; it has ["
                    + VERSION + "]");
        }
        return service;
    }

    /**
     * The model that is meant when a request need not name one.
     *
     * @throws HttpFailure 400 if there are several
     */
    PredictionService only() {
        if (services.size() > 1) {
            throw HttpFailure.badRequest(
                    "several models are served; add ?model_name= with one of " + services.keySet());
        }
        return services.values().iterator().next();
    }

    boolean isHealthy() {
        return services.values().stream().allMatch(PredictionService::isHealthy);
    }

    /** 503 if a model can no longer answer: then the process is to be started anew. */
    FullHttpResponse ping() {
        Map<String, Object> status = new LinkedHashMap<>();
        services.forEach((name, service) -> status.put(name, Map.of("status", health(service))));
        return Replies.json(isHealthy() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, status);
    }

    private static String health(PredictionService service) {
        return service.isHealthy() ? "Healthy" : "Unhealthy";
    }

    Map<String, Object> list() {
        List<Map<String, Object>> models = new ArrayList<>();
        services.forEach((name, service) -> {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("modelName", name);
            model.put("version", VERSION);
            model.put("attributes", service.description().schema().toJson());
            model.put("explain", service.heat() != null);
            model.put("status", service.isHealthy() ? "READY" : "FAILED");
            models.add(model);
        });
        return Map.of("models", models);
    }

    /** DJL Serving wraps a model in a workflow of the same name, and that in a list. */
    List<Map<String, Object>> describe(String name) {
        PredictionService service = find(name, null);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("modelName", name);
        model.put("version", VERSION);
        model.put("batchSize", service.limits().maxBatch());
        model.put("maxBatchDelayMillis", 0);
        model.put("queueSize", service.limits().admitted());
        model.put("requestInQueue", service.underWay());
        model.put("status", health(service));
        model.put("loadedAtStartup", true);
        model.put("attributes", service.description().schema().toJson());
        model.put("explain", service.heat() != null);
        return List.of(Map.of("workflowName", name, "models", List.of(model)));
    }

    private static HttpFailure notFound(String message) {
        return new HttpFailure(HttpResponseStatus.NOT_FOUND, "ModelNotFoundException", message);
    }

    @Override
    public void close() {
        services.values().forEach(PredictionService::close);
    }
}
