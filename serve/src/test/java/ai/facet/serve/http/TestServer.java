package ai.facet.serve.http;

import ai.facet.decode.DecodeLimits;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceLimits;
import ai.facet.serve.batch.ServiceObserver;
import ai.facet.serve.inference.Precision;
import ai.facet.serve.metrics.ServerMetrics;
import ai.facet.serve.registry.LoadedModel;
import ai.facet.serve.registry.ModelId;
import ai.facet.serve.registry.ModelRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers as tests want them: on any free port of this machine, with small limits. */
final class TestServer {
    static final int BODY_LIMIT = 200_000;
    static final ServiceLimits LIMITS = new ServiceLimits(128, 8, 2, Duration.ofSeconds(20));
    private static final int ALL_BODIES = 300_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private TestServer() {}

    /** One model called fake. */
    static HttpServer start(FakeModel model) throws IOException {
        return start(Map.of("fake", service(model, LIMITS)), null);
    }

    static HttpServer start(Map<String, PredictionService> services, @Nullable String token) throws IOException {
        return start(services, token, new RequestJournal(new ServerMetrics(), AccessLog.OFF));
    }

    static HttpServer start(Map<String, PredictionService> services, @Nullable String token, RequestJournal journal)
            throws IOException {
        ServerSettings settings = new ServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new AccessRules(List.of("Facet.example"), token),
                new HttpLimits(BODY_LIMIT, ALL_BODIES, PATIENCE, PATIENCE),
                GRACE);
        return HttpServer.start(models(services), settings, journal);
    }

    /** Each as version 1. */
    static ServedModels models(Map<String, PredictionService> services) {
        ModelRegistry registry = new ModelRegistry();
        services.forEach((name, service) ->
                registry.put(new LoadedModel(new ModelId(name, ModelId.FIRST), service, Precision.FP32, true)));
        return new ServedModels(registry, null);
    }

    static PredictionService service(FakeModel model, ServiceLimits limits) {
        return service(model, limits, ServiceObserver.NONE);
    }

    static PredictionService service(FakeModel model, ServiceLimits limits, ServiceObserver observer) {
        return new PredictionService(model, limits, DecodeLimits.DEFAULT, observer);
    }
}
