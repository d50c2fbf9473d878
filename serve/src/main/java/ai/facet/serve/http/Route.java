package ai.facet.serve.http;

import ai.facet.serve.batch.Question;
import ai.facet.serve.registry.LoadedModel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What a request asks for, as its head says. */
sealed interface Route {
    /** Something that is told at once, without a body. */
    record Tell(Supplier<FullHttpResponse> reply) implements Route {}

    /** Something that is done first and told then, without a body. */
    record Do(Supplier<CompletableFuture<FullHttpResponse>> task) implements Route {}

    /** Pictures. */
    record Predict(ModelChoice choice, BodyFormat format) implements Route {}

    record Refused(HttpFailure failure) implements Route {}

    /** How a question stands in a body. */
    @FunctionalInterface
    interface BodyFormat {
        /**
         * Reads the question.
         *
         * @param model that is to answer it
         * @throws HttpFailure 400, 413 or 415, as is {@link ai.facet.json.JsonException}
         */
        Question read(FullHttpRequest request, LoadedModel model) throws IOException;
    }
}
