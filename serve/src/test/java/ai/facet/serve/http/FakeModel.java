package ai.facet.serve.http;

import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.network.Presets;
import ai.facet.prediction.Softmax;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.serve.inference.BatchInference;
import ai.facet.serve.inference.BatchOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Says "bright" or "dark" by a picture's mean, and NaN about a black one; waits at a gate if there is one; fails on
 * batches if told so.
 */
final class FakeModel implements BatchInference {
    static final int SIDE_PX = 8;

    private final CountDownLatch gate;
    private final boolean failsOnBatches;
    private final CountDownLatch entered = new CountDownLatch(1);
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    volatile boolean overflows;
    volatile boolean outOfMemory;
    volatile boolean closed;

    FakeModel(CountDownLatch gate, boolean failsOnBatches) {
        this.gate = gate;
        this.failsOnBatches = failsOnBatches;
    }

    static FakeModel open() {
        return new FakeModel(new CountDownLatch(0), false);
    }

    /** Opens the gate. */
    void letGo() {
        gate.countDown();
    }

    /** Waits until an inference has begun; it may stand at the gate. */
    void awaitInference() throws InterruptedException {
        entered.await();
    }

    @Override
    public ModelDescription description() {
        Attribute light = new Attribute("light", "Light", List.of("dark", "bright"));
        return new ModelDescription(
                "fake",
                new AttributeSchema(List.of(light)),
                Preprocessing.square(SIDE_PX),
                Presets.byName("facet-s"),
                List.of(Calibration.NONE),
                Map.of(),
                "Apache-2.0");
    }

    @Override
    public BatchOutput run(ByteBuffer imagesNhwc, int batch) {
        batches.add(batch);
        entered.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
        if (outOfMemory) {
            throw new OutOfMemoryError("in a test");
        }
        if (overflows) {
            throw new StackOverflowError("in a test");
        }
        if (failsOnBatches && batch > 1) {
            throw new IllegalStateException("batches fail");
        }
        int bytes = description().preprocessing().imageBytes();
        float[] logits = new float[2 * batch];
        float[] probabilities = new float[2 * batch];
        for (int i = 0; i < batch; i++) {
            double sum = 0;
            for (int k = 0; k < bytes; k++) {
                sum += imagesNhwc.get(i * bytes + k) & 0xFF;
            }
            logits[2 * i + 1] = (float) (sum / bytes - 127.5) / 32;
            float[] row = Softmax.of(new float[] {logits[2 * i], logits[2 * i + 1]}, 1);
            System.arraycopy(row, 0, probabilities, 2 * i, 2);
            probabilities[2 * i] = sum == 0 ? Float.NaN : probabilities[2 * i];
        }
        return new BatchOutput("fake", List.of(logits), List.of(probabilities));
    }

    @Override
    public void close() {
        closed = true;
    }
}
