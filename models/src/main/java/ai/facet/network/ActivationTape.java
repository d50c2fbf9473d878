package ai.facet.network;

/**
 * Counts what one picture holds in memory on its way, operation by operation, as PyTorch keeps it for the backward pass:
 * convolution, batch normalisation and max-pooling keep their input, ReLU its output, dropout a mask, pooling the places
 * of its maxima. A value that two operations keep counts once. Sizes are of float32 values.
 */
final class ActivationTape {
    private static final long FLOAT = Float.BYTES;
    /** PyTorch's indices of max-pooling are int64. */
    private static final long INDEX = Long.BYTES;

    private long keptBytes;
    private long trainingBytes;
    private long answeringBytes;
    /** Values whose gradient waits until a branch is done. */
    private long waiting;
    /** Values that a caller holds while layers inside work. */
    private long held;

    /** An array on its way. */
    static final class Activation {
        private final long values;
        private boolean kept;

        Activation(long values) {
            this.values = values;
        }
    }

    NetworkSummary.Activations total() {
        return new NetworkSummary.Activations(keptBytes, trainingBytes, answeringBytes);
    }

    long keptBytes() {
        return keptBytes;
    }

    Activation convolution(Activation in, long out) {
        keep(in);
        return done(in, out);
    }

    Activation norm(Activation in) {
        keep(in);
        return done(in, in.values);
    }

    Activation relu(Activation in) {
        Activation out = new Activation(in.values);
        keep(out);
        moves(in.values + out.values);
        return out;
    }

    Activation maxPool(Activation in, long out) {
        keep(in);
        keptBytes += INDEX * out;
        return done(in, out);
    }

    Activation dropout(Activation in) {
        keptBytes += FLOAT * in.values;
        return done(in, in.values);
    }

    Activation mean(Activation in, long out) {
        return done(in, out);
    }

    /** Two arrays of equal size become their sum; neither is kept. */
    Activation sum(Activation left) {
        return done(left, 2 * left.values, left.values);
    }

    /** Until {@link #leave}, the array is held by whoever calls the layers, or its gradient waits for them. */
    void enter(Activation array, boolean gradientWaits) {
        held += array.values;
        waiting += gradientWaits ? array.values : 0;
    }

    void leave(Activation array, boolean gradientWaited) {
        held -= array.values;
        waiting -= gradientWaited ? array.values : 0;
    }

    private void keep(Activation array) {
        if (!array.kept) {
            array.kept = true;
            keptBytes += FLOAT * array.values;
        }
    }

    private Activation done(Activation in, long out) {
        return done(in, in.values + out, out);
    }

    private Activation done(Activation in, long moving, long out) {
        moves(Math.max(moving, in.values + out));
        return new Activation(out);
    }

    /** In the backward pass all that was kept so far is still there, and gradients of input and output. */
    private void moves(long values) {
        trainingBytes = Math.max(trainingBytes, keptBytes + FLOAT * (waiting + values));
        answeringBytes = Math.max(answeringBytes, FLOAT * (held + values));
    }
}
