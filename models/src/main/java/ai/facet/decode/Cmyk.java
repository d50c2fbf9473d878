package ai.facet.decode;

/**
 * The one formula by which CMYK becomes RGB here: {@code R = (255 - K) * (255 - C) / 255}, computed as
 * {@code (255 - K) - round(C * (255 - K) / 255)}, which is Pillow's. JPEG files store the inverse of every ink, as Adobe
 * does, so {@code 255 - K} is the stored sample. An embedded CMYK profile is not used.
 */
final class Cmyk {
    private static final int FRACTION_BITS = 16; // ITU T.871 in fixed point, as libjpeg rounds it
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int RED_CR = fixed(1.40200);
    private static final int BLUE_CB = fixed(1.77200);
    private static final int GREEN_CR = -fixed(0.71414);
    private static final int GREEN_CB = -fixed(0.34414);

    private Cmyk() {}

    /**
     * Converts one row.
     *
     * @param stored four inverted samples a pixel; changed to CMYK if they are YCCK
     * @param rgb receives three bytes a pixel from {@code offset}
     */
    static void toRgb(byte[] stored, int widthPx, boolean ycck, byte[] rgb, int offset) {
        int o = offset;
        for (int i = 0; i < 4 * widthPx; i += 4, o += 3) {
            if (ycck) {
                fromYcck(stored, i);
            }
            int light = stored[i + 3] & 0xFF;
            for (int c = 0; c < 3; c++) {
                int ink = 0xFF - (stored[i + c] & 0xFF);
                rgb[o + c] = (byte) (light - dividedBy255(ink * light));
            }
        }
    }

    /** YCCK is the YCbCr of the inverse of the three stored inks. */
    private static void fromYcck(byte[] stored, int i) {
        int y = stored[i] & 0xFF;
        int cb = (stored[i + 1] & 0xFF) - 128;
        int cr = (stored[i + 2] & 0xFF) - 128;
        stored[i] = inverted(y + ((RED_CR * cr + HALF) >> FRACTION_BITS));
        stored[i + 1] = inverted(y + ((GREEN_CB * cb + HALF + GREEN_CR * cr) >> FRACTION_BITS));
        stored[i + 2] = inverted(y + ((BLUE_CB * cb + HALF) >> FRACTION_BITS));
    }

    private static byte inverted(int value) {
        return (byte) (0xFF - Math.max(0, Math.min(0xFF, value)));
    }

    /** {@code round(product / 255)} for products of two bytes. */
    static int dividedBy255(int product) {
        int t = product + 128;
        return (t + (t >> 8)) >> 8;
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << FRACTION_BITS) + 0.5);
    }
}
