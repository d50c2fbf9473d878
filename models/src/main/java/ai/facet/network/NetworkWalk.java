package ai.facet.network;

import ai.facet.network.ActivationTape.Activation;
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
    private final ActivationTape tape;
    private Activation current;

    NetworkWalk(String network, int channels, int height, int width) {
        this(network, channels, height, width, new ActivationTape());
    }

    private NetworkWalk(String network, int channels, int height, int width, ActivationTape tape) {
        this.tape = tape;
        this.current = new Activation((long) channels * height * width);
        this.network = network;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.inputHeightPx = height;
        this.inputWidthPx = width;
    }

    /** A second walk from here on; both write on one tape. */
    NetworkWalk copy() {
        NetworkWalk copy = new NetworkWalk(network, channels, inputHeightPx, inputWidthPx, tape);
        copy.current = current;
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

    ActivationTape tape() {
        return tape;
    }

    /** What the layers get that come next. */
    Activation current() {
        return current;
    }

    NetworkSummary.Stage stage(String name, long stageParameters, long stageMacs, long stageKeptBytes) {
        return new NetworkSummary.Stage(
                name, channels, height, width, receptiveField, stageParameters, stageMacs, stageKeptBytes);
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
            current = tape.maxPool(current, values());
        } else if (layer instanceof LayerSpec.NormRelu) {
            norm();
            relu();
        } else if (layer instanceof LayerSpec.Dropout) {
            current = tape.dropout(current);
        } else if (layer instanceof LayerSpec.GlobalAveragePool) {
            receptiveField += (Math.max(height, width) - 1) * jump;
            height = 1;
            width = 1;
            current = tape.mean(current, values());
        } else if (layer instanceof LayerSpec.Classes) {
            plain(classes, 1, 1, true, true);
        }
    }

    private void convolution(Convolution c) {
        if (c.order() == ConvolutionOrder.NORM_RELU_CONV) {
            norm();
            relu();
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
        if (c.order() == ConvolutionOrder.CONV_NORM_RELU || c.order() == ConvolutionOrder.CONV_RELU) {
            relu();
        }
    }

    private void bottleneck(Bottleneck b) {
        int before = channels;
        Activation input = current;
        tape.enter(input, b.skip());
        norm();
        relu();
        plain(b.width(), 1, 1, true, true);
        norm();
        relu();
        if (b.separable()) {
            depthwise(3, b.stride(), true);
            plain(b.width(), 1, 1, true, true);
        } else {
            plain(b.width(), 3, b.stride(), true, true);
        }
        norm();
        relu();
        plain(b.channels(), 1, 1, true, true);
        if (b.skip()) {
            if (before != b.channels() || b.stride() != 1) {
                count(before, b.channels(), 1, true);
                tape.convolution(input, values());
            }
            current = tape.sum(current);
        }
        tape.leave(input, b.skip());
    }

    private void residual(Residual r) {
        int before = channels;
        Activation input = current;
        tape.enter(input, true);
        plain(r.channels(), 3, r.stride(), true, false);
        norm();
        relu();
        plain(r.channels(), 3, 1, true, false);
        norm();
        addShortcut(input, before, r.channels(), r.stride());
    }

    private void residualBottleneck(LayerSpec.ResidualBottleneck r) {
        int before = channels;
        Activation input = current;
        tape.enter(input, true);
        plain(r.width(), 1, 1, true, false);
        norm();
        relu();
        plain(r.width(), 3, r.stride(), true, false);
        norm();
        relu();
        plain(r.channels(), 1, 1, true, false);
        norm();
        addShortcut(input, before, r.channels(), r.stride());
    }

    private void addShortcut(Activation input, int before, int after, int stride) {
        if (before != after || stride != 1) {
            count(before, after, 1, false);
            parameters += 2L * after;
            tape.norm(tape.convolution(input, values()));
        }
        current = tape.sum(current);
        relu();
        tape.leave(input, true);
    }

    private void plain(int out, int kernel, int stride, boolean same, boolean bias) {
        slide(kernel, stride, same);
        count(channels, out, kernel, bias);
        channels = out;
        current = tape.convolution(current, values());
    }

    private void depthwise(int kernel, int stride, boolean same) {
        slide(kernel, stride, same);
        parameters += (long) channels * kernel * kernel;
        macs += (long) height * width * channels * kernel * kernel;
        current = tape.convolution(current, values());
    }

    private void count(int in, int out, int kernel, boolean bias) {
        long weights = (long) in * out * kernel * kernel;
        parameters += weights + (bias ? out : 0);
        macs += weights * height * width;
    }

    private void norm() {
        parameters += 2L * channels;
        current = tape.norm(current);
    }

    private void relu() {
        current = tape.relu(current);
    }

    /** Numbers of one picture here. */
    private long values() {
        return (long) channels * height * width;
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
