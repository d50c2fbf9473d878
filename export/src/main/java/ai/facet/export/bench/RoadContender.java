package ai.facet.export.bench;

import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.Road;
import java.util.Map;

/** A Block or an archive in DJL on libtorch. */
final class RoadContender extends Contender {
    private final Road road;
    private final ImageBatch batch;
    private final long bytes;

    RoadContender(String name, Road road, ImageBatch batch, long bytes) {
        super(name);
        this.road = road;
        this.batch = batch;
        this.bytes = bytes;
    }

    @Override
    long bytes() {
        return bytes;
    }

    @Override
    Map<String, float[]> logits() {
        return road.run(batch);
    }

    @Override
    public void close() {
        road.close();
    }
}
