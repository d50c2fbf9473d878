package ai.facet.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.LossConfig;
import ai.facet.train.input.HostBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum over attributes of softmax cross-entropy, each averaged over the pictures that have the label, with the means
 * against imbalance that are asked for: weights of classes and attributes, focal loss, logit adjustment. Engine thread
 * only.
 */
public final class AttributeLoss {
    private static final float LARGEST_PROBABILITY = 1 - 1e-6f; // the focal factor's slope stays finite

    private final SoftTargets targets;
    private final double focalGamma;
    private final List<NDArray> adjustments;

    /** Plain cross-entropy. */
    public AttributeLoss(SoftTargets targets) {
        this(targets, 0, List.of());
    }

    private AttributeLoss(SoftTargets targets, double focalGamma, List<NDArray> adjustments) {
        this.targets = targets;
        this.focalGamma = focalGamma;
        this.adjustments = adjustments;
    }

    /**
     * The loss of a run.
     *
     * @param counts of the training pictures
     * @param manager owns the constants
     */
    public static AttributeLoss of(AttributeSchema schema, LossConfig config, ClassCounts counts, NDManager manager) {
        double[][] weights = new double[schema.size()][];
        List<NDArray> adjustments = new ArrayList<>();
        for (int a = 0; a < weights.length; a++) {
            weights[a] = config.classWeights().weights(counts.of(a));
            double attributeWeight = config.attributeWeights()
                    .getOrDefault(schema.attributes().get(a).id(), 1.0);
            for (int c = 0; c < weights[a].length; c++) {
                weights[a][c] *= attributeWeight;
            }
            if (config.logitAdjustment() > 0) {
                adjustments.add(adjustment(counts.priors(a), config.logitAdjustment(), manager));
            }
        }
        return new AttributeLoss(new SoftTargets(weights, config.labelSmoothing()), config.focalGamma(), adjustments);
    }

    /** {@code tau * log(prior)}, {@code [1, classes]} (Menon et al., 2021, equation 10). */
    private static NDArray adjustment(double[] priors, double tau, NDManager manager) {
        float[] values = new float[priors.length];
        for (int c = 0; c < values.length; c++) {
            values[c] = (float) (tau * Math.log(priors[c]));
        }
        return manager.create(values, new Shape(1, values.length));
    }

    /**
     * The loss of a batch, a scalar.
     *
     * @param logits one float32 {@code [N, classes]} per attribute in schema order
     * @param batch of the pictures; its pixels are not read
     * @param manager owns the targets
     */
    public NDArray of(NDList logits, HostBatch batch, NDManager manager) {
        return part(logits, batch, SoftTargets.labelled(batch), manager);
    }

    /**
     * What some pictures of a batch add to its loss.
     *
     * @param labelled pictures of the whole batch that have each label
     */
    NDArray part(NDList logits, HostBatch batch, double[] labelled, NDManager manager) {
        return sum(parts(logits, targets(batch, labelled, manager)));
    }

    /**
     * What the network should answer, {@code [N, classes]} for each attribute. Brought to the device before the network
     * runs: there each transfer waits for all that is under way.
     */
    NDList targets(HostBatch batch, double[] labelled, NDManager manager) {
        NDList wanted = new NDList();
        for (int attribute = 0; attribute < labelled.length; attribute++) {
            float[] values = targets.of(attribute, batch, labelled[attribute]);
            wanted.add(manager.create(values, new Shape(batch.size(), values.length / batch.size())));
        }
        return wanted;
    }

    /** The loss for each attribute: scalars. */
    NDList parts(NDList logits, NDList wanted) {
        NDList parts = new NDList();
        for (int attribute = 0; attribute < logits.size(); attribute++) {
            NDArray scores = logits.get(attribute); // [N, classes]
            NDArray adjusted = adjustments.isEmpty() ? scores : scores.add(adjustments.get(attribute));
            parts.add(focal(adjusted.logSoftmax(1))
                    .mul(wanted.get(attribute))
                    .sum()
                    .neg());
        }
        return parts;
    }

    static NDArray sum(NDList parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the network has no outputs");
        }
        NDArray total = parts.get(0);
        for (NDArray part : parts.subList(1, parts.size())) {
            total = total.add(part);
        }
        return total;
    }

    /** {@code (1 - p)^gamma * log p}: what the network knows already counts less (Lin et al., 2017). */
    private NDArray focal(NDArray logProbabilities) {
        if (focalGamma == 0) {
            return logProbabilities;
        }
        NDArray doubt =
                logProbabilities.exp().minimum(LARGEST_PROBABILITY).neg().add(1);
        return doubt.pow(focalGamma).mul(logProbabilities);
    }
}
