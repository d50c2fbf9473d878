package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import ai.facet.cli.UserException;
import java.util.Random;

/**
 * Whether the engine's convolutions are right on this processor. oneDNN 3.7.1, which libtorch 2.7.1 carries, was seen to
 * compute wrong ones, and to end the process with SIGFPE in ResNet-50, on an AMD EPYC of family 26 in a virtual machine
 * that hides its caches; with {@code ONEDNN_MAX_CPU_ISA=AVX} it was right. 24 channels show it: they do not fill two
 * registers of 16.
 */
public final class ConvolutionCheck {
    private static final int PICTURES = 2;
    private static final int FEW = 16;
    private static final int MANY = 24;
    private static final int SIDE = 9;
    private static final int KERNEL = 3;
    private static final int INSIDE = SIDE - KERNEL + 1;
    private static final double TOLERANCE = 1e-4;

    private ConvolutionCheck() {}

    /**
     * Computes one convolution and the gradient of another with the engine and by hand; takes milliseconds.
     *
     * @param manager of the engine and device in question
     * @throws UserException (exit 1) if the engine is wrong
     */
    public static void require(NDManager manager) {
        double error = largestError(manager);
        if (!(error <= TOLERANCE)) {
            throw UserException.failed(String.format(
                    java.util.Locale.ROOT,
                    "libtorch computes wrong convolutions on this processor: a value is off by %.2g of the largest one,"
                            + " expected at most %.0e. Nothing that it learns or exports could be trusted. Set the"
                            + " environment variable ONEDNN_MAX_CPU_ISA=AVX (slower instructions) and start again",
                    error,
                    TOLERANCE));
        }
    }

    /** The larger error of the two, each as a share of its largest value. */
    static double largestError(NDManager parent) {
        Random random = new Random(24);
        float[] images = numbers(random, PICTURES * MANY * SIDE * SIDE);
        float[] weights = numbers(random, FEW * MANY * KERNEL * KERNEL);
        try (NDManager manager = parent.newSubManager()) {
            float[] forward = forward(manager, images, weights);
            float[] gradient = gradientOfInput(manager, weights);
            return Math.max(
                    difference(forward, byHand(images, weights)), difference(gradient, gradientByHand(weights)));
        }
    }

    /** {@code [2, 24, 9, 9] -> [2, 16, 7, 7]}. */
    private static float[] forward(NDManager manager, float[] images, float[] weights) {
        NDArray x = manager.create(images, new Shape(PICTURES, MANY, SIDE, SIDE));
        NDArray w = manager.create(weights, new Shape(FEW, MANY, KERNEL, KERNEL));
        return Conv2d.conv2d(x, w).singletonOrThrow().toFloatArray();
    }

    /** Of the sum of a convolution {@code [2, 16, 9, 9] -> [2, 24, 7, 7]} by its input. */
    private static float[] gradientOfInput(NDManager manager, float[] weights) {
        NDArray x = manager.ones(new Shape(PICTURES, FEW, SIDE, SIDE));
        NDArray w = manager.create(weights, new Shape(MANY, FEW, KERNEL, KERNEL));
        x.setRequiresGradient(true);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(Conv2d.conv2d(x, w).singletonOrThrow().sum());
        }
        return x.getGradient().toFloatArray();
    }

    private static double[] byHand(float[] images, float[] weights) {
        double[] sums = new double[PICTURES * FEW * INSIDE * INSIDE];
        for (int i = 0; i < sums.length; i++) {
            int column = i % INSIDE;
            int row = i / INSIDE % INSIDE;
            int out = i / (INSIDE * INSIDE) % FEW;
            int picture = i / (INSIDE * INSIDE * FEW);
            for (int in = 0; in < MANY; in++) {
                for (int k = 0; k < KERNEL * KERNEL; k++) {
                    int pixel = (row + k / KERNEL) * SIDE + column + k % KERNEL;
                    sums[i] += (double) images[(picture * MANY + in) * SIDE * SIDE + pixel]
                            * weights[(out * MANY + in) * KERNEL * KERNEL + k];
                }
            }
        }
        return sums;
    }

    /** Every output takes each weight once: a pixel collects those whose window it lies in. */
    private static double[] gradientByHand(float[] weights) {
        double[] sums = new double[PICTURES * FEW * SIDE * SIDE];
        for (int i = 0; i < sums.length; i++) {
            int column = i % SIDE;
            int row = i / SIDE % SIDE;
            int in = i / (SIDE * SIDE) % FEW;
            for (int k = 0; k < KERNEL * KERNEL; k++) {
                if (isInside(row - k / KERNEL) && isInside(column - k % KERNEL)) {
                    for (int out = 0; out < MANY; out++) {
                        sums[i] += weights[(out * FEW + in) * KERNEL * KERNEL + k];
                    }
                }
            }
        }
        return sums;
    }

    private static boolean isInside(int place) {
        return place >= 0 && place < INSIDE;
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static double difference(float[] found, double[] expected) {
        double largest = 0;
        double off = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            off = Math.max(off, Math.abs(found[i] - expected[i]));
        }
        return off / largest;
    }
}
