package ai.facet.decode;

import ai.facet.image.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * Converts 8-bit RGB or grey of one ICC profile to sRGB, in plain Java so that every platform gives the same bytes:
 * tone curve, matrix to XYZ (D50), matrix to linear sRGB, clipped to 0..1, sRGB curve, rounded to nearest. Immutable.
 */
final class IccTransform {
    /** XYZ (D50) to linear sRGB: the inverse of the colourants in the sRGB profile (Bradford-adapted). */
    private static final double[] XYZ_TO_SRGB = {
        3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.0334540, 0.0719453, -0.2289914, 1.4052427
    };

    private static final int LINEAR_STEPS = 1 << 16;
    private static final byte[] ENCODED = encodedTable();
    private static final int PROBE_STEP = 15;
    private static final int SRGB_TOLERANCE =
            1; // rounding in profiles' tables; none that people call sRGB differs by 2

    private final double[][] curves; // [3][256], linear light
    private final double[] matrix; // linear source RGB to linear sRGB, row by row; empty for grey

    private IccTransform(double[][] curves, double[] matrix) {
        this.curves = curves;
        this.matrix = matrix;
    }

    /**
     * The transform of a profile.
     *
     * @return null if the profile is sRGB, does not fit the picture or cannot be read: then samples stay as they are
     * @throws ImageDecodeException if it is readable but of a kind other than matrix and curves
     */
    static @Nullable IccTransform of(byte[] profile, boolean grey, String name) throws ImageDecodeException {
        IccProfile parsed = IccProfile.read(profile, grey, name);
        if (parsed == null) {
            return null;
        }
        IccTransform transform =
                new IccTransform(parsed.curves(), grey ? new double[0] : product(XYZ_TO_SRGB, parsed.colourants()));
        return transform.isIdentity() ? null : transform;
    }

    /** Converts in place. */
    void apply(RgbImage image) {
        byte[] pixels = image.pixelsHwc();
        for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
            convert(pixels, i);
        }
    }

    private void convert(byte[] pixels, int i) {
        double red = curves[0][pixels[i] & 0xFF];
        double green = curves[1][pixels[i + 1] & 0xFF];
        double blue = curves[2][pixels[i + 2] & 0xFF];
        if (matrix.length == 0) {
            pixels[i] = pixels[i + 1] = pixels[i + 2] = encoded(red);
            return;
        }
        pixels[i] = encoded(matrix[0] * red + matrix[1] * green + matrix[2] * blue);
        pixels[i + 1] = encoded(matrix[3] * red + matrix[4] * green + matrix[5] * blue);
        pixels[i + 2] = encoded(matrix[6] * red + matrix[7] * green + matrix[8] * blue);
    }

    private boolean isIdentity() {
        byte[] pixel = new byte[3];
        for (int red = 0; red < 256; red += PROBE_STEP) {
            for (int green = 0; green < 256; green += PROBE_STEP) {
                for (int blue = 0; blue < 256; blue += PROBE_STEP) {
                    boolean grey = matrix.length == 0;
                    int[] before = grey ? new int[] {red, red, red} : new int[] {red, green, blue};
                    if (differs(before, pixel)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean differs(int[] before, byte[] pixel) {
        for (int c = 0; c < 3; c++) {
            pixel[c] = (byte) before[c];
        }
        convert(pixel, 0);
        for (int c = 0; c < 3; c++) {
            if (Math.abs((pixel[c] & 0xFF) - before[c]) > SRGB_TOLERANCE) {
                return true;
            }
        }
        return false;
    }

    private static byte encoded(double linear) {
        double clipped = Math.max(0, Math.min(1, linear));
        return ENCODED[(int) (clipped * (LINEAR_STEPS - 1) + 0.5)];
    }

    /** IEC 61966-2-1. StrictMath, so that every machine has the same table. */
    private static byte[] encodedTable() {
        byte[] table = new byte[LINEAR_STEPS];
        for (int i = 0; i < LINEAR_STEPS; i++) {
            double linear = i / (LINEAR_STEPS - 1.0);
            double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
            table[i] = (byte) (value * 255 + 0.5);
        }
        return table;
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                product[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
            }
        }
        return product;
    }
}
