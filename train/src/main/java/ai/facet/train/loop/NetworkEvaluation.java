package ai.facet.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.input.BatchFeeder;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.BatchPlan;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.Pictures;
import ai.facet.train.input.PixelBuffers;
import ai.facet.train.optimize.GradMode;
import java.io.IOException;
import java.util.concurrent.Executor;

/** The network's answers for all pictures of a set, without gradients and dropout. Engine thread only. */
public final class NetworkEvaluation {
    private final Block network;
    private final AttributeSchema schema;
    private final Frame frame;
    private final int batchSize;
    private final PixelBuffers buffers;
    private final Executor readers;

    public NetworkEvaluation(Block network, AttributeSchema schema, Frame frame, int batchSize, Executor readers) {
        this.network = network;
        this.schema = schema;
        this.frame = frame;
        this.batchSize = batchSize;
        this.buffers = new PixelBuffers(frame.bytes() * batchSize);
        this.readers = readers;
    }

    /**
     * Answers for one set.
     *
     * @param logits per attribute {@code [pictures * classes]}, row by row
     * @param labels {@code [pictures][attributes]}, -1 where missing
     */
    public record Answers(float[][] logits, int[][] labels) {}

    /** Runs the network over all pictures in their order. */
    @SuppressWarnings("try") // the switch is only held, never asked
    public Answers run(Pictures pictures, NDManager manager) throws IOException {
        float[][] logits = new float[schema.size()][];
        for (int a = 0; a < logits.length; a++) {
            logits[a] = new float[pictures.size() * schema.attributes().get(a).classCount()];
        }
        int[][] labels = new int[pictures.size()][];
        BatchPlan plan = BatchPlan.evaluation(pictures.size(), batchSize);
        try (GradMode off = GradMode.off();
                BatchFeeder feeder = new BatchFeeder(pictures, plan, frame, buffers, readers)) {
            int done = 0;
            for (HostBatch batch = feeder.next(); batch != null; batch = feeder.next()) {
                forward(batch, done, logits, manager);
                System.arraycopy(batch.labels(), 0, labels, done, batch.size());
                done += batch.size();
                feeder.giveBack(batch);
            }
        }
        return new Answers(logits, labels);
    }

    private void forward(HostBatch batch, int done, float[][] logits, NDManager manager) {
        try (NDManager batchManager = manager.newSubManager()) {
            Shape shape = new Shape(batch.size(), frame.heightPx(), frame.widthPx(), 3);
            NDArray images = batchManager.create(batch.pixelsNhwc(), shape, DataType.UINT8); // [N, H, W, 3]
            NDList outputs = network.forward(new ParameterStore(batchManager, false), new NDList(images), false);
            for (int a = 0; a < logits.length; a++) {
                float[] values = outputs.get(a).toFloatArray(); // [N * classes]
                int classes = schema.attributes().get(a).classCount();
                System.arraycopy(values, 0, logits[a], done * classes, values.length);
            }
        }
    }
}
