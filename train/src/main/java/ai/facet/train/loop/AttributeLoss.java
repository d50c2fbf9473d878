package ai.facet.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The sum over attributes of softmax cross-entropy, each averaged over the pictures that have the label. Engine thread
 * only.
 */
public final class AttributeLoss {
    private final SoftTargets targets;

    public AttributeLoss(SoftTargets targets) {
        this.targets = targets;
    }

    /**
     * The loss of a batch, a scalar.
     *
     * @param logits one float32 {@code [N, classes]} per attribute in schema order
     * @param labels {@code [N][attributes]}, -1 where missing
     * @param manager owns the targets
     */
    public NDArray of(NDList logits, int[][] labels, NDManager manager) {
        NDArray total = null;
        for (int attribute = 0; attribute < logits.size(); attribute++) {
            NDArray scores = logits.get(attribute); // [N, classes]
            Shape shape = scores.getShape();
            NDArray wanted = manager.create(targets.of(attribute, labels), shape);
            NDArray part = scores.logSoftmax(1).mul(wanted).sum().neg();
            total = total == null ? part : total.add(part);
        }
        if (total == null) {
            throw new IllegalArgumentException("the network has no outputs");
        }
        return total;
    }
}
