package ai.facet.train.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.facet.blocks.ParameterPaths;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.HostBatch;
import ai.facet.train.optimize.GradMode;
import ai.facet.train.optimize.UncertaintyWeights;
import org.jspecify.annotations.Nullable;

/** A network on one device that computes gradients of parts of a batch. For one thread at a time, whichever it is. */
public final class Replica {
    private final Block network;
    private final AttributeLoss loss;
    private final Frame frame;
    private final Device device;

    /**
     * A replica where the network's parameters are.
     *
     * @param loss with constants on the same device
     */
    public Replica(Block network, AttributeLoss loss, Frame frame) {
        this.network = network;
        this.loss = loss;
        this.frame = frame;
        this.device =
                ParameterPaths.of(network).values().iterator().next().getArray().getDevice();
    }

    /**
     * What a step's pictures are to reach.
     *
     * @param labelled pictures of the whole batch that have each label
     * @param factors of the attributes, {@code [attributes]} on the replica's device; null if each counts the same
     */
    record Objective(double[] labelled, @Nullable NDArray factors) {}

    /**
     * What a part adds to a batch's loss, on the replica's device.
     *
     * @param sum over attributes, scalar
     * @param byAttribute {@code [attributes]}
     */
    record PartLoss(NDArray sum, NDArray byAttribute) {}

    Device device() {
        return device;
    }

    /**
     * Forward and backward.
     *
     * @param manager on this device; owns the result, which records no gradients, but not what is between
     */
    PartLoss addGradients(HostBatch part, Objective objective, NDManager manager) {
        try (NDManager between = manager.newSubManager()) {
            PartLoss recorded = recorded(part, objective, between);
            return new PartLoss(detached(recorded.sum(), manager), detached(recorded.byAttribute(), manager));
        }
    }

    @SuppressWarnings("try") // the switch is only held, never asked
    private PartLoss recorded(HostBatch part, Objective objective, NDManager manager) {
        try (GradMode on = GradMode.on()) {
            Shape shape = new Shape(part.size(), frame.heightPx(), frame.widthPx(), 3);
            NDArray images = manager.create(part.pixelsNhwc(), shape, DataType.UINT8); // [N, H, W, 3]
            NDList wanted = loss.targets(part, objective.labelled(), manager);
            NDList logits = network.forward(new ParameterStore(manager, false), new NDList(images), true);
            NDList losses = loss.parts(logits, wanted);
            PartLoss recorded = new PartLoss(AttributeLoss.sum(losses), NDArrays.stack(losses));
            NDArray factors = objective.factors();
            backward(factors == null ? recorded.sum() : UncertaintyWeights.weigh(recorded.byAttribute(), factors));
            return recorded;
        }
    }

    /** DJL's collector of gradients does the same, but a process may only have one at a time. */
    private static void backward(NDArray value) {
        NDArray one = value.onesLike();
        JniUtils.backward((PtNDArray) value, (PtNDArray) one, false, false);
    }

    private static NDArray detached(NDArray value, NDManager owner) {
        NDArray detached = value.stopGradient();
        detached.attach(owner);
        return detached;
    }

    /**
     * Takes random numbers of the device, which are not used: so GPUs, whose generators all begin a step with the same
     * seed, drop different features.
     */
    void drawAhead(int numbers, NDManager manager) {
        for (int i = 0; i < numbers; i++) {
            manager.randomUniform(0, 1, new Shape(1)).close();
        }
    }
}
