package ai.facet.serve.http;

import ai.facet.bundle.ModelBundle;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.registry.FolderModels;
import ai.facet.serve.registry.LoadedModel;
import ai.facet.serve.registry.ModelId;
import ai.facet.serve.registry.ModelRegistry;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The models of a server, by their names in URLs, and what DJL Serving's routes tell of them. Thread-safe. */
final class ServedModels implements AutoCloseable {
    private final ModelRegistry registry;
    private final @Nullable FolderModels folder;

    /** @param folder that the models come from; null if they were all named at the start */
    ServedModels(ModelRegistry registry, @Nullable FolderModels folder) {
        this.registry = registry;
        this.folder = folder;
    }

    /** What names and closes the models. */
    ModelRegistry registry() {
        return registry;
    }

    @Nullable
    FolderModels folder() {
        return folder;
    }

    /**
     * A model as it is now.
     *
     * @param version null for the highest
     * @throws HttpFailure 404 naming what there is
     */
    LoadedModel find(String name, @Nullable String version) {
        LoadedModel found = isUnknown(version) ? null : registry.find(name, number(version));
        if (found == null) {
            throw notFound(name, version);
        }
        return found;
    }

    /**
     * A model that stays open until it is released, whatever happens to its bundle meanwhile.
     *
     * @throws HttpFailure 404 naming what there is, or 400 if it is not clear which is meant
     */
    LoadedModel hold(ModelChoice choice) {
        String name = choice.name() == null ? onlyName() : choice.name();
        String version = choice.version();
        LoadedModel held = isUnknown(version) ? null : registry.hold(name, number(version));
        if (held == null) {
            throw notFound(name, version);
        }
        return held;
    }

    /**
     * What is to answer a choice, before its body is sent.
     *
     * @throws HttpFailure as {@link #hold} and {@link #service}
     */
    PredictionService find(ModelChoice choice) {
        String name = choice.name() == null ? onlyName() : choice.name();
        return service(find(name, choice.version()), choice);
    }

    /**
     * The part of a model that answers a choice.
     *
     * @throws HttpFailure 400 if heat is asked for and the model gives none
     */
    static PredictionService service(LoadedModel model, ModelChoice choice) {
        if (!choice.heat()) {
            return model.service();
        }
        PredictionService heat = model.service().heat();
        if (heat == null) {
            throw HttpFailure.badRequest("the model gives no heat: it was exported without " + ModelBundle.EXPLAIN
                    + ". Export it with facet export --explain, or ask without explain");
        }
        return heat;
    }

    private static boolean isUnknown(@Nullable String version) {
        return version != null && !ModelId.isVersion(version);
    }

    private static @Nullable Integer number(@Nullable String version) {
        return version == null ? null : Integer.valueOf(version);
    }

    private String onlyName() {
        Set<String> names = registry.names();
        if (names.isEmpty()) {
            throw new HttpFailure(HttpResponseStatus.NOT_FOUND, "ModelNotFoundException", "no model is served");
        }
        if (names.size() > 1) {
            throw HttpFailure.badRequest("several models are served; add ?model_name= with one of " + names);
        }
        return names.iterator().next();
    }

    private HttpFailure notFound(String name, @Nullable String version) {
        List<LoadedModel> versions = registry.versions(name);
        String message = versions.isEmpty()
                ? "no model \"" + HttpFailure.abbreviate(name) + "\"; there are " + registry.names()
                : "model " + name + " has no version \"" + HttpFailure.abbreviate(String.valueOf(version))
                        + "\"; it has " + versionTexts(name);
        return new HttpFailure(HttpResponseStatus.NOT_FOUND, "ModelNotFoundException", message);
    }

    /** A name's versions, rising. */
    List<String> versionTexts(String name) {
        return registry.versions(name).stream().map(ServedModels::version).toList();
    }

    static String version(LoadedModel model) {
        return Integer.toString(model.id().version());
    }

    boolean isHealthy() {
        return registry.all().stream().allMatch(model -> model.service().isHealthy());
    }

    /** 503 if a model can no longer answer: then the process is to be started anew. */
    FullHttpResponse ping() {
        Map<String, Object> status = new LinkedHashMap<>();
        for (String name : registry.names()) {
            boolean healthy = registry.versions(name).stream()
                    .allMatch(model -> model.service().isHealthy());
            status.put(name, Map.of("status", healthy ? "Healthy" : "Unhealthy"));
        }
        return Replies.json(isHealthy() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, status);
    }

    /** @param failures whether to tell which bundles of the folder were refused, and why: paths are not for everybody */
    Map<String, Object> list(boolean failures) {
        List<Map<String, Object>> models = new ArrayList<>();
        for (LoadedModel loaded : registry.all()) {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("modelName", loaded.id().name());
            model.put("version", version(loaded));
            model.put("attributes", loaded.service().description().schema().toJson());
            model.put("explain", loaded.service().heat() != null);
            model.put("precision", loaded.precision().id());
            model.put("status", loaded.service().isHealthy() ? "READY" : "FAILED");
            models.add(model);
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("models", models);
        if (failures && folder != null) {
            list.put("refused", refused(folder));
        }
        return list;
    }

    private static List<Map<String, Object>> refused(FolderModels folder) {
        List<Map<String, Object>> refused = new ArrayList<>();
        folder.failures().forEach((id, reason) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("modelName", id.name());
            one.put("version", Integer.toString(id.version()));
            one.put("reason", reason);
            refused.add(one);
        });
        return refused;
    }

    /** DJL Serving wraps each version of a model in a workflow of the same name, and those in a list. */
    List<Map<String, Object>> describe(String name) {
        find(name, null);
        return registry.versions(name).stream().map(ServedModels::describe).toList();
    }

    /** One version as DJL Serving describes it. */
    static Map<String, Object> describe(LoadedModel loaded) {
        PredictionService service = loaded.service();
        String name = loaded.id().name();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("modelName", name);
        model.put("version", version(loaded));
        model.put("batchSize", service.limits().maxBatch());
        model.put("maxBatchDelayMillis", 0);
        model.put("queueSize", service.limits().admitted());
        model.put("requestInQueue", service.underWay());
        model.put("status", service.isHealthy() ? "Healthy" : "Unhealthy");
        model.put("loadedAtStartup", loaded.fixed());
        model.put("attributes", service.description().schema().toJson());
        model.put("explain", service.heat() != null);
        model.put("precision", loaded.precision().id());
        return Map.of("workflowName", name, "version", version(loaded), "models", List.of(model));
    }

    /** Ends looking for changes, then every model. May be called twice. */
    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
        registry.close();
    }
}
