package ai.facet.serve.metrics;

import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceObserver;
import ai.facet.serve.registry.LoadObserver;
import ai.facet.serve.registry.ModelId;
import ai.facet.serve.registry.ModelRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToIntFunction;

/** All metrics of one server. Thread-safe. */
public final class ServerMetrics implements LoadObserver {
    /** Media type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    // 0.1 ms (a small network) to 10 s (the default deadline)
    private static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };
    private static final double[] PICTURES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String MODEL = "model";
    private static final String VERSION = "version";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram decodeSeconds =
            histogram("facet_decode_seconds", "From an encoded picture to pixels.", SECONDS, MODEL, VERSION);
    private final Histogram waitSeconds = histogram(
            "facet_queue_wait_seconds",
            "A decoded picture's wait until its inference begins.",
            SECONDS,
            MODEL,
            VERSION);
    private final Histogram inferenceSeconds =
            histogram("facet_inference_seconds", "One inference, of a whole batch.", SECONDS, MODEL, VERSION);
    private final Histogram batchPictures =
            histogram("facet_batch_size", "Pictures in one inference.", PICTURES, MODEL, VERSION);
    private final Histogram requestSeconds = histogram(
            "facet_http_request_duration_seconds", "From a request's head to the end of its reply.", SECONDS, "route");
    private final Counter requests = Counter.builder()
            .name("facet_http_requests_total")
            .help("Answered requests by route and HTTP status.")
            .labelNames("route", "status")
            .withoutExemplars()
            .register(registry);
    private final Counter loads = Counter.builder()
            .name("facet_model_loads_total")
            .help("Bundles of the model folder that were loaded, or refused.")
            .labelNames(MODEL, VERSION, "outcome")
            .withoutExemplars()
            .register(registry);
    private final Gauge refused = Gauge.builder()
            .name("facet_model_refused")
            .help("1 while the newest bundle in the model folder is one that could not be loaded.")
            .labelNames(MODEL, VERSION)
            .withoutExemplars()
            .register(registry);
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** Begins with the JVM's metrics; the others come as they are observed. */
    public ServerMetrics() {
        JvmMetrics.builder().register(registry);
    }

    private Histogram histogram(String name, String help, double[] upperBounds, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(upperBounds)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public ServiceObserver service(ModelId id) {
        String[] labels = labels(id);
        return new ModelMetrics(
                decodeSeconds.labelValues(labels),
                waitSeconds.labelValues(labels),
                inferenceSeconds.labelValues(labels),
                batchPictures.labelValues(labels));
    }

    @Override
    public void loaded(ModelId id) {
        loads.labelValues(id.name(), Integer.toString(id.version()), "loaded").inc();
        refused.labelValues(labels(id)).set(0);
    }

    @Override
    public void failed(ModelId id) {
        loads.labelValues(id.name(), Integer.toString(id.version()), "refused").inc();
        refused.labelValues(labels(id)).set(1);
    }

    /** Its series end, or a server through which many models pass would grow without bounds. */
    @Override
    public void gone(ModelId id) {
        String[] labels = labels(id);
        List.of(decodeSeconds, waitSeconds, inferenceSeconds, batchPictures).forEach(metric -> metric.remove(labels));
        refused.remove(labels);
        List.of("loaded", "refused")
                .forEach(outcome -> loads.remove(id.name(), Integer.toString(id.version()), outcome));
    }

    private static String[] labels(ModelId id) {
        return new String[] {id.name(), Integer.toString(id.version())};
    }

    /** Adds the gauges of models; to be called once. */
    public void watch(ModelRegistry models) {
        gauge("facet_queue_depth", "Decoded pictures that wait for an inference.", models, PredictionService::queued);
        gauge("facet_in_flight", "Pictures between admission and answer.", models, PredictionService::underWay);
        GaugeWithCallback.builder()
                .name("facet_model_info")
                .help("1 for each model that is served.")
                .labelNames(MODEL, VERSION, "precision")
                .callback(gauge -> models.all()
                        .forEach(model -> gauge.call(
                                1,
                                model.id().name(),
                                Integer.toString(model.id().version()),
                                model.precision().id())))
                .register(registry);
    }

    private void gauge(String name, String help, ModelRegistry models, ToIntFunction<PredictionService> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(MODEL, VERSION)
                .callback(gauge -> models.all()
                        .forEach(model -> gauge.call(value.applyAsInt(model.service()), labels(model.id()))))
                .register(registry);
    }

    /**
     * Counts a request that was answered.
     *
     * @param route the path's template, never what the client wrote: labels must be few
     */
    public void answered(String route, String status, long nanos) {
        requests.labelValues(route, status).inc();
        requestSeconds.labelValues(route).observe(seconds(nanos));
    }

    /** Everything now, in the text format 0.0.4. */
    public byte[] scrape() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }
}
