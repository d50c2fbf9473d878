package ai.facet.serve.http;

import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.Question;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;
import java.util.function.Supplier;

/** What a request asks for, as its head says. */
sealed interface Route {
    /** Something that is told at once, without a body. */
    record Tell(Supplier<FullHttpResponse> reply) implements Route {}

    /** Pictures. */
    record Predict(PredictionService service, BodyFormat format) implements Route {}

    record Refused(HttpFailure failure) implements Route {}

    /** How a question stands in a body. */
    @FunctionalInterface
    interface BodyFormat {
        /** @throws HttpFailure 400, 413 or 415, as is {@link ai.facet.json.JsonException} */
        Question read(FullHttpRequest request) throws IOException;
    }
}
