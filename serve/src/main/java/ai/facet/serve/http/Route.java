package ai.facet.serve.http;

import ai.facet.serve.batch.PredictionService;

/** What a request asks for, as its head says. */
sealed interface Route {
    record Ping() implements Route {}

    record Models() implements Route {}

    /** @param allProbabilities of every class, not only the best */
    record Predict(PredictionService service, boolean allProbabilities) implements Route {}

    record Refused(HttpFailure failure) implements Route {}
}
