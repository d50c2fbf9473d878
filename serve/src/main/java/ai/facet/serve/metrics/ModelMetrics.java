package ai.facet.serve.metrics;

import ai.facet.serve.batch.ServiceObserver;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;

/** One model's histograms, looked up once: an observation allocates nothing. Thread-safe. */
record ModelMetrics(
        DistributionDataPoint decodeSeconds,
        DistributionDataPoint waitSeconds,
        DistributionDataPoint inferenceSeconds,
        DistributionDataPoint batchPictures)
        implements ServiceObserver {
    @Override
    public void decoded(long nanos) {
        decodeSeconds.observe(ServerMetrics.seconds(nanos));
    }

    @Override
    public void waited(long nanos) {
        waitSeconds.observe(ServerMetrics.seconds(nanos));
    }

    @Override
    public void inferred(int pictures, long nanos) {
        inferenceSeconds.observe(ServerMetrics.seconds(nanos));
        batchPictures.observe(pictures);
    }
}
