package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * Takes the gradients of all parameters, shortens them together to a largest norm, applies an update rule and sets the
 * gradients back to zero. Nothing waits for the device. Engine thread only, gradients switched off.
 */
public final class ParameterUpdate {
    private static final float SMALLEST_NORM = 1e-6f; // PyTorch's clip_grad_norm_

    private final List<TrainableParameter> parameters;
    private final UpdateRule rule;
    private final double largestNorm;

    /**
     * An update of these parameters.
     *
     * @param largestNorm of all gradients as one vector; 0 leaves them as they are
     */
    public ParameterUpdate(List<TrainableParameter> parameters, UpdateRule rule, double largestNorm) {
        this.parameters = List.copyOf(parameters);
        this.rule = rule;
        this.largestNorm = largestNorm;
    }

    /** One step, counted from 0; temporaries go to the given manager. */
    public void apply(NDManager batchManager, double learningRate, long step) {
        NDList gradients = new NDList();
        for (TrainableParameter parameter : parameters) {
            NDArray gradient = parameter.weights().getGradient();
            gradient.attach(batchManager);
            gradients.add(gradient);
        }
        if (largestNorm > 0) {
            clip(gradients);
        }
        for (int i = 0; i < parameters.size(); i++) {
            TrainableParameter parameter = parameters.get(i);
            rule.update(parameter, gradients.get(i), learningRate, step);
            JniUtils.zeroGrad((PtNDArray) parameter.weights());
        }
    }

    public OptimizerState state() {
        return rule.state();
    }

    private void clip(NDList gradients) {
        NDArray sum = gradients.getManager().zeros(new Shape());
        for (NDArray gradient : gradients) {
            try (NDArray squares = gradient.mul(gradient);
                    NDArray part = squares.sum()) {
                sum.addi(part);
            }
        }
        NDArray scale = sum.sqrt().addi(SMALLEST_NORM).pow(-1).muli(largestNorm).minimum(1f);
        for (NDArray gradient : gradients) {
            gradient.muli(scale);
        }
    }
}
