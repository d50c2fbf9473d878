package ai.facet.network;

import java.util.Locale;

/** Where batch normalisation and ReLU stand around a convolution. */
public enum ConvolutionOrder {
    CONV,
    CONV_RELU,
    CONV_NORM_RELU,
    NORM_RELU_CONV;

    /** The name in files, for example {@code conv-norm-relu}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
