package ai.facet.export.int8;

/**
 * The values that 8 bits of an activation can hold. Always holds 0.
 *
 * @param low 0 or less
 * @param high 0 or more
 */
record Range(double low, double high) {
    private static final int STEPS = 255;

    Range {
        low = Math.min(0, low);
        high = Math.max(0, high);
        if (!Double.isFinite(high - low)) {
            throw new IllegalArgumentException("the values reach from " + low + " to " + high
                    + "; expected finite numbers. The weights are broken: use an earlier checkpoint");
        }
    }

    /** Distance of neighbouring values. */
    float scale() {
        float scale = (float) ((high - low) / STEPS);
        return scale > 0 ? scale : 1; // an activation that is always 0
    }

    /** What stands for 0: 0 to 255. */
    int zeroPoint() {
        return (int) Math.max(0, Math.min(STEPS, Math.rint(-low / scale())));
    }

    /** A value after it went through 8 bits. */
    double rounded(double value) {
        float scale = scale();
        int zero = zeroPoint();
        double step = Math.max(0, Math.min(STEPS, Math.rint(value / scale) + zero));
        return (step - zero) * scale;
    }
}
