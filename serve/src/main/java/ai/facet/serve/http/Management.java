package ai.facet.serve.http;

import ai.facet.description.ModelDescription;
import ai.facet.serve.registry.FolderModels;
import ai.facet.serve.registry.ModelId;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the management port does, under DJL Serving's paths. Only bundles inside the model folder can be named, by their
 * names, and never by paths. Thread-safe.
 */
final class Management {
    private final ServedModels models;

    Management(ServedModels models) {
        this.models = models;
    }

    /** One of {@link FolderModels}' changes. */
    private interface Change extends BiFunction<String, @Nullable Integer, CompletableFuture<List<ModelId>>> {}

    /** @throws HttpFailure 400 for what cannot be a name or version, 409 if there is no model folder */
    Route route(Target target) {
        FolderModels folder = folder();
        String name = target.value(Endpoint.MODEL_NAME);
        String version = target.value(Endpoint.VERSION);
        return switch (target.endpoint()) {
            case REGISTER -> register(folder, target.value(Endpoint.Query.URL));
            case UNREGISTER, UNREGISTER_VERSION -> change("unregistered", folder::unregister, name, version);
            case RELOAD, RELOAD_VERSION -> change("reloaded", folder::reload, name, version);
            default -> throw new IllegalArgumentException(target.endpoint() + " changes nothing");
        };
    }

    private FolderModels folder() {
        FolderModels folder = models.folder();
        if (folder == null) {
            throw new HttpFailure(
                    HttpResponseStatus.CONFLICT,
                    "ConflictException",
                    "the server was started without --models, so its models stay as they are");
        }
        return folder;
    }

    private static Route register(FolderModels folder, @Nullable String url) {
        if (url == null) {
            throw HttpFailure.badRequest("the query has no url; expected ?url= with a name in the model folder");
        }
        int slash = url.indexOf('/');
        String name = slash < 0 ? url : url.substring(0, slash);
        String version = slash < 0 ? null : url.substring(slash + 1);
        return change("registered", folder::register, name, version);
    }

    private static Route change(String done, Change change, @Nullable String name, @Nullable String version) {
        String asked = Objects.requireNonNull(name);
        if (!ModelDescription.isName(asked)) {
            throw HttpFailure.badRequest("\"" + HttpFailure.abbreviate(asked)
                    + "\" is not a name in the model folder; expected letters, digits, '.', '_' and '-', first a letter"
                    + " or digit");
        }
        if (version != null && !ModelId.isVersion(version)) {
            throw HttpFailure.badRequest(
                    "version \"" + HttpFailure.abbreviate(version) + "\" is not a whole number from 1");
        }
        Integer number = version == null ? null : Integer.valueOf(version);
        return new Route.Do(() -> change.apply(asked, number).thenApply(ids -> reply(ids, done)));
    }

    private static FullHttpResponse reply(List<ModelId> ids, String done) {
        String which = ids.stream()
                .map(id -> "\"" + id.name() + "\" version " + id.version())
                .collect(Collectors.joining(", "));
        return Replies.json(HttpResponseStatus.OK, Map.of("status", "Model " + which + " " + done + "."));
    }

    /** A refusal as a status. */
    static HttpFailure failure(FolderModels.RefusedException refused) {
        String message = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case NOT_THERE -> new HttpFailure(HttpResponseStatus.NOT_FOUND, "ModelNotFoundException", message);
            case CONFLICT -> new HttpFailure(HttpResponseStatus.CONFLICT, "ConflictException", message);
            case BAD_BUNDLE -> new HttpFailure(HttpResponseStatus.UNPROCESSABLE_ENTITY, "ModelLoadException", message);
        };
    }
}
