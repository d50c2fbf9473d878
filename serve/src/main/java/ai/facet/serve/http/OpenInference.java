package ai.facet.serve.http;

import ai.facet.cli.FacetVersion;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.Question;
import ai.facet.serve.inference.Answer;
import ai.facet.serve.openinference.InferenceRequest;
import ai.facet.serve.openinference.InferenceResponse;
import ai.facet.serve.openinference.ModelMetadata;
import ai.facet.serve.registry.LoadedModel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the routes of the Open Inference Protocol tell and answer. Thread-safe. */
final class OpenInference {
    /** Triton's extension for tensors behind the JSON; its clients say so in this header. */
    private static final String BINARY_HEADER = "inference-header-content-length";

    private final ServedModels models;

    OpenInference(ServedModels models) {
        this.models = models;
    }

    Map<String, Object> server() {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("name", "facet");
        server.put("version", FacetVersion.current());
        server.put("extensions", List.of());
        return server;
    }

    Map<String, Object> live() {
        return Map.of("live", true);
    }

    /** The specification calls the field {@code live}, its clients look for {@code ready}. */
    FullHttpResponse ready() {
        boolean ready = models.isHealthy();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("live", ready);
        body.put("ready", ready);
        return Replies.json(status(ready), body);
    }

    Map<String, Object> metadata(LoadedModel model) {
        String name = model.id().name();
        Map<String, Object> json = ModelMetadata.json(
                name, models.versionTexts(name), model.service().description());
        json.put("parameters", Map.of("precision", model.precision().id()));
        return json;
    }

    FullHttpResponse modelReady(LoadedModel model) {
        boolean ready = model.service().isHealthy();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", model.id().name());
        body.put("ready", ready);
        return Replies.json(status(ready), body);
    }

    private static HttpResponseStatus status(boolean ready) {
        return ready ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    }

    Route infer(ModelChoice choice) {
        models.find(choice).requireRoom();
        return new Route.Predict(choice, OpenInference::question);
    }

    private static Question question(FullHttpRequest request, LoadedModel model) {
        if (request.headers().contains(BINARY_HEADER)) {
            throw HttpFailure.badRequest(
                    "binary tensors are not supported; send data as JSON, without the header " + BINARY_HEADER);
        }
        PredictionService service = model.service();
        InferenceRequest asked = InferenceRequest.parse(
                JsonBody.parse(request.content()),
                service.description(),
                service.limits().maxPictures());
        return new Question(
                asked.pictures(),
                answers -> InferenceResponse.json(
                        model.id().name(),
                        ServedModels.version(model),
                        service.description(),
                        asked,
                        answers.stream().map(Answer::prediction).toList()));
    }
}
