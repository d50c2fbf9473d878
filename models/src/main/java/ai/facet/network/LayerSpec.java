package ai.facet.network;

/** One layer of a base stage or of a label tower. Channels are counted after the layer. */
public sealed interface LayerSpec {
    /** Upper limit for channels: a network file is input from outside. */
    int MAX_CHANNELS = 8192;

    /** The layer's {@code type} in files. */
    String type();

    /**
     * A square convolution.
     *
     * @param same zero padding of {@code (kernel - 1) / 2} on each side; otherwise none
     * @param bias whether channels have a bias
     * @param separable a depthwise convolution followed by a 1x1 convolution
     */
    record Convolution(
            int channels, int kernel, int stride, boolean same, ConvolutionOrder order, boolean bias, boolean separable)
            implements LayerSpec {
        public Convolution {
            requireRange("channels", channels, 1, MAX_CHANNELS);
            requireRange("kernel", kernel, 1, 15);
            requireRange("stride", stride, 1, 8);
            if (kernel % 2 == 0) {
                throw new IllegalArgumentException("kernel is " + kernel + "; expected an odd number");
            }
        }

        @Override
        public String type() {
            return "convolution";
        }
    }

    /**
     * Pre-activation bottleneck (He et al., 2016, "Identity Mappings"): BN-ReLU-conv1x1 to {@code width}, BN-ReLU-conv3x3,
     * BN-ReLU-conv1x1 to {@code channels}, all with bias; with {@code skip} plus the input, through a conv1x1 when channels
     * or size change.
     *
     * @param stride of the 3x3 convolution
     * @param separable whether the 3x3 convolution is separable
     */
    record Bottleneck(int width, int channels, int stride, boolean skip, boolean separable) implements LayerSpec {
        public Bottleneck {
            requireRange("width", width, 1, MAX_CHANNELS);
            requireRange("channels", channels, 1, MAX_CHANNELS);
            requireRange("stride", stride, 1, 8);
        }

        @Override
        public String type() {
            return "bottleneck";
        }
    }

    /**
     * Basic residual unit (He et al., 2015): conv3x3-BN-ReLU-conv3x3-BN plus the input, then ReLU; no biases. The shortcut
     * is conv1x1-BN when channels or size change.
     */
    record Residual(int channels, int stride) implements LayerSpec {
        public Residual {
            requireRange("channels", channels, 1, MAX_CHANNELS);
            requireRange("stride", stride, 1, 8);
        }

        @Override
        public String type() {
            return "residual";
        }
    }

    /**
     * Residual unit with a bottleneck (He et al., 2015), the stride in the 3x3 convolution as in the variant that is
     * usual since: conv1x1-BN-ReLU-conv3x3-BN-ReLU-conv1x1-BN plus the input, then ReLU; no biases. The shortcut is
     * conv1x1-BN when channels or size change.
     */
    record ResidualBottleneck(int width, int channels, int stride) implements LayerSpec {
        public ResidualBottleneck {
            requireRange("width", width, 1, MAX_CHANNELS);
            requireRange("channels", channels, 1, MAX_CHANNELS);
            requireRange("stride", stride, 1, 8);
        }

        @Override
        public String type() {
            return "residual-bottleneck";
        }
    }

    /**
     * Maximum over squares.
     *
     * @param same padding of {@code (size - 1) / 2} on each side; otherwise none, and a rest at the border is dropped
     */
    record MaxPool(int size, int stride, boolean same) implements LayerSpec {
        public MaxPool {
            requireRange("size", size, 2, 8);
            requireRange("stride", stride, 1, 8);
        }

        /** Squares beside each other. */
        public MaxPool(int size) {
            this(size, size, false);
        }

        /** Padding in pixels on each side. */
        public int padding() {
            return same ? (size - 1) / 2 : 0;
        }

        @Override
        public String type() {
            return "max-pool";
        }
    }

    /** Batch normalisation, then ReLU. */
    record NormRelu() implements LayerSpec {
        @Override
        public String type() {
            return "norm-relu";
        }
    }

    /** Dropout in training; nothing in inference. */
    record Dropout(double rate) implements LayerSpec {
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("rate is " + rate + "; expected 0 or more, below 1");
            }
        }

        @Override
        public String type() {
            return "dropout";
        }
    }

    /** Mean over height and width; what follows sees a picture of 1x1. */
    record GlobalAveragePool() implements LayerSpec {
        @Override
        public String type() {
            return "global-average-pool";
        }
    }

    /** A conv1x1 with bias to the attribute's classes; on 1x1 pictures the same as a dense layer. */
    record Classes() implements LayerSpec {
        @Override
        public String type() {
            return "classes";
        }
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + "; expected " + min + " to " + max);
        }
    }
}
