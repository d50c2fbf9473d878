package ai.facet.train.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.IndexLoss;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.input.HostBatch;
import java.io.IOException;

/** The same network of DJL's own blocks, trained by DJL's {@link EasyTrain}: the baseline inside Java. */
final class StockContender implements Contender {
    private final Model model;
    private final Trainer trainer;
    private final float[] pixelsNchw;
    private final int[][] labels;
    private final Shape shape;

    StockContender(Workload work, Device device) {
        model = Model.newInstance("stock", device, "PyTorch");
        model.setBlock(StockNetwork.of(work.network(), work.schema()));
        DefaultTrainingConfig config = new DefaultTrainingConfig(
                        loss(work.schema().size()))
                .optOptimizer(optimizer(work.optimizer()))
                .optDevices(new Device[] {device})
                .addTrainingListeners(new EvaluatorTrainingListener());
        trainer = model.newTrainer(config);
        shape = new Shape(work.batchSize(), 3, work.sizePx(), work.sizePx());
        trainer.initialize(shape);
        HostBatch batch = work.batch();
        labels = batch.labels();
        pixelsNchw = channelsFirst(batch, work.sizePx());
    }

    private static Loss loss(int attributes) {
        SimpleCompositeLoss sum = new SimpleCompositeLoss();
        for (int i = 0; i < attributes; i++) {
            sum.addLoss(new IndexLoss(Loss.softmaxCrossEntropyLoss("loss" + i), i));
        }
        return sum;
    }

    private static Optimizer optimizer(OptimizerConfig settings) {
        Tracker rate = Tracker.fixed((float) settings.learningRate());
        float decay = (float) settings.weightDecay();
        return switch (settings.kind()) {
            case SGD ->
                Optimizer.sgd()
                        .setLearningRateTracker(rate)
                        .optMomentum((float) settings.momentum())
                        .optWeightDecays(decay)
                        .build();
            case ADAMW ->
                Optimizer.adamW()
                        .optLearningRateTracker(rate)
                        .optWeightDecays(decay)
                        .build();
        };
    }

    private static float[] channelsFirst(HostBatch batch, int size) {
        float[] values = new float[batch.size() * 3 * size * size];
        int plane = size * size;
        for (int i = 0; i < values.length; i++) {
            int image = i / (3 * plane);
            int channel = i / plane % 3;
            int source = (image * plane + i % plane) * 3 + channel;
            values[i] = ((batch.pixelsNhwc().get(source) & 0xFF) - 127.5f) / 127.5f;
        }
        return values;
    }

    @Override
    public String name() {
        return "DJL stock blocks, EasyTrain";
    }

    @Override
    public Lap step() throws IOException {
        long start = System.nanoTime();
        try (NDManager manager = trainer.getManager().newSubManager();
                Batch batch = batch(manager)) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
            float loss =
                    trainer.getLoss().getAccumulator(ai.djl.training.listener.EvaluatorTrainingListener.TRAIN_EPOCH);
            return new Lap((System.nanoTime() - start) / 1e6, loss);
        }
    }

    private Batch batch(NDManager manager) {
        NDList wanted = new NDList();
        for (int a = 0; a < labels[0].length; a++) {
            float[] column = new float[labels.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = labels[i][a];
            }
            wanted.add(manager.create(column));
        }
        NDArray images = manager.create(pixelsNchw, shape);
        return new Batch(manager, new NDList(images), wanted, labels.length, Batchifier.STACK, Batchifier.STACK, 0, 1);
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
