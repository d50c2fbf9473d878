package ai.facet.network;

import ai.facet.network.LayerSpec.Bottleneck;
import ai.facet.network.LayerSpec.Convolution;
import ai.facet.network.LayerSpec.Residual;

/** A picture's shape, receptive field and the costs so far while layers are applied one after another. */
final class NetworkWalk {
    private final String network;
    private final int inputHeightPx;
    private final int inputWidthPx;
    private int channels;
    private int height;
    private int width;
    private int receptiveField = 1;
    /** Distance in input pixels between neighbouring values. */
    private int jump = 1;

    /** Input pixel on which the first value is centred, counted from the middle of pixel 0. */
    private double firstCentre;

    private long parameters;
    private long macs;

    NetworkWalk(String network, int channels, int height, int width) {
        this.network = network;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.inputHeightPx = height;
        this.inputWidthPx = width;
    }

    NetworkWalk copy() {
        NetworkWalk copy = new NetworkWalk(network, channels, inputHeightPx, inputWidthPx);
        copy.height = height;
        copy.width = width;
        copy.receptiveField = receptiveField;
        copy.jump = jump;
        copy.firstCentre = firstCentre;
        copy.parameters = parameters;
        copy.macs = macs;
        return copy;
    }

    int channels() {
        return channels;
    }

    long parameters() {
        return parameters;
    }

    long macs() {
        return macs;
    }

    NetworkSummary.Stage stage(String name, long stageParameters, long stageMacs) {
        return new NetworkSummary.Stage(name, channels, height, width, receptiveField, stageParameters, stageMacs);
    }

    CellGrid grid() {
        return new CellGrid(height, width, firstCentre, jump);
    }

    void apply(LayerSpec layer, int classes) {
        if (layer instanceof Convolution c) {
            convolution(c);
        } else if (layer instanceof Bottleneck b) {
            bottleneck(b);
        } else if (layer instanceof Residual r) {
            residual(r);
        } else if (layer instanceof LayerSpec.ResidualBottleneck r) {
            residualBottleneck(r);
        } else if (layer instanceof LayerSpec.MaxPool p) {
            slide(p.size(), p.stride(), 2 * p.padding());
        } else if (layer instanceof LayerSpec.NormRelu) {
            norm();
        } else if (layer instanceof LayerSpec.GlobalAveragePool) {
            receptiveField += (Math.max(height, width) - 1) * jump;
            height = 1;
            width = 1;
        } else if (layer instanceof LayerSpec.Classes) {
            plain(classes, 1, 1, true, true);
        }
    }

    private void convolution(Convolution c) {
        if (c.order() == ConvolutionOrder.NORM_RELU_CONV) {
            norm();
        }
        if (c.separable()) {
            depthwise(c.kernel(), c.stride(), c.same());
            plain(c.channels(), 1, 1, true, c.bias());
        } else {
            plain(c.channels(), c.kernel(), c.stride(), c.same(), c.bias());
        }
        if (c.order() == ConvolutionOrder.CONV_NORM_RELU) {
            norm();
        }
    }

    private void bottleneck(Bottleneck b) {
        int before = channels;
        norm();
        plain(b.width(), 1, 1, true, true);
        norm();
        if (b.separable()) {
            depthwise(3, b.stride(), true);
            plain(b.width(), 1, 1, true, true);
        } else {
            plain(b.width(), 3, b.stride(), true, true);
        }
        norm();
        plain(b.channels(), 1, 1, true, true);
        if (b.skip() && (before != b.channels() || b.stride() != 1)) {
            count(before, b.channels(), 1, true);
        }
    }

    private void residual(Residual r) {
        int before = channels;
        plain(r.channels(), 3, r.stride(), true, false);
        norm();
        plain(r.channels(), 3, 1, true, false);
        norm();
        if (before != r.channels() || r.stride() != 1) {
            count(before, r.channels(), 1, false);
            norm();
        }
    }

    private void residualBottleneck(LayerSpec.ResidualBottleneck r) {
        int before = channels;
        plain(r.width(), 1, 1, true, false);
        norm();
        plain(r.width(), 3, r.stride(), true, false);
        norm();
        plain(r.channels(), 1, 1, true, false);
        norm();
        if (before != r.channels() || r.stride() != 1) {
            count(before, r.channels(), 1, false);
            norm();
        }
    }

    private void plain(int out, int kernel, int stride, boolean same, boolean bias) {
        slide(kernel, stride, same);
        count(channels, out, kernel, bias);
        channels = out;
    }

    private void depthwise(int kernel, int stride, boolean same) {
        slide(kernel, stride, same);
        parameters += (long) channels * kernel * kernel;
        macs += (long) height * width * channels * kernel * kernel;
    }

    private void count(int in, int out, int kernel, boolean bias) {
        long weights = (long) in * out * kernel * kernel;
        parameters += weights + (bias ? out : 0);
        macs += weights * height * width;
    }

    private void norm() {
        parameters += 2L * channels;
    }

    private void slide(int kernel, int stride, boolean same) {
        slide(kernel, stride, same ? (kernel - 1) / 2 * 2 : 0);
    }

    /** @param padding of both sides together */
    private void slide(int kernel, int stride, int padding) {
        if (height + padding < kernel || width + padding < kernel) {
            throw new IllegalArgumentException("network " + network + " cannot take pictures of " + inputWidthPx + "x"
                    + inputHeightPx + " px: nothing is left before its end. Choose a larger size");
        }
        height = (height + padding - kernel) / stride + 1;
        width = (width + padding - kernel) / stride + 1;
        receptiveField += (kernel - 1) * jump;
        firstCentre += ((kernel - 1) - padding) / 2.0 * jump;
        jump *= stride;
    }
}
