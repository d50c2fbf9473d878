package ai.facet.train.input;

/** Memory of one reading thread that is used again for every picture. */
final class Scratch {
    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

    private byte[] bytes = {};
    private float[] values = {};
    private float[] kernel = {};

    private Scratch() {}

    static Scratch own() {
        return OWN.get();
    }

    byte[] bytes(int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        return bytes;
    }

    float[] values(int length) {
        if (values.length < length) {
            values = new float[length];
        }
        return values;
    }

    float[] kernel(int length) {
        if (kernel.length < length) {
            kernel = new float[length];
        }
        return kernel;
    }

    /** The nearest of 0 to 255. */
    static byte toByte(double value) {
        return (byte) Math.max(0, Math.min(255, (int) Math.floor(value + 0.5)));
    }
}
