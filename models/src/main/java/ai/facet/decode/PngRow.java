package ai.facet.decode;

/**
 * Turns the unfiltered samples of one row into RGB: 16-bit samples keep their high byte (as libpng's and Pillow's do),
 * 1, 2 and 4 bits are stretched to 0..255, transparency is laid over white and rounded to nearest.
 */
final class PngRow {
    private static final int WHITE = 0xFF;

    private final PngChunks png;
    private final int channels;
    private final int bits;

    PngRow(PngChunks png) {
        this.png = png;
        this.bits = png.bitDepth();
        this.channels = switch (png.colourType()) {
            case PngChunks.RGB -> 3;
            case PngChunks.GREY_ALPHA -> 2;
            case PngChunks.RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    /** Distance between a byte and its left neighbour in PNG's filters. */
    int filterBytes() {
        return Math.max(1, channels * bits / 8);
    }

    int bytes(int widthPx) {
        return (int) (((long) widthPx * channels * bits + 7) / 8);
    }

    /**
     * Expands a row.
     *
     * @param step bytes from one pixel of the result to the next
     */
    void expand(byte[] samples, int widthPx, byte[] rgb, int offset, int step) throws ImageDecodeException {
        if (png.colourType() == PngChunks.RGB && bits == 8 && step == 3 && png.transparency().length == 0) {
            System.arraycopy(samples, 0, rgb, offset, widthPx * 3);
            return;
        }
        for (int x = 0, o = offset; x < widthPx; x++, o += step) {
            switch (png.colourType()) {
                case PngChunks.PALETTE -> fromPalette(sample(samples, x), rgb, o);
                case PngChunks.GREY, PngChunks.GREY_ALPHA -> fromGrey(samples, x, rgb, o);
                default -> fromRgb(samples, x, rgb, o);
            }
        }
    }

    private void fromPalette(int index, byte[] rgb, int o) throws ImageDecodeException {
        byte[] palette = png.palette();
        if (index * 3 + 2 >= palette.length) {
            throw ImageDecodeException.damaged(
                    png.name(), "a pixel has colour " + index + " of a palette of " + palette.length / 3);
        }
        byte[] alphas = png.transparency();
        int alpha = index < alphas.length ? alphas[index] & 0xFF : 0xFF;
        for (int c = 0; c < 3; c++) {
            rgb[o + c] = overWhite(palette[index * 3 + c] & 0xFF, alpha);
        }
    }

    private void fromGrey(byte[] samples, int x, byte[] rgb, int o) {
        int full = sample(samples, x * channels);
        int alpha = channels == 2 ? eightBits(sample(samples, x * 2 + 1)) : full == key(0) ? 0 : 0xFF;
        byte value = overWhite(eightBits(full), alpha);
        rgb[o] = value;
        rgb[o + 1] = value;
        rgb[o + 2] = value;
    }

    private void fromRgb(byte[] samples, int x, byte[] rgb, int o) {
        int i = x * channels;
        int red = sample(samples, i);
        int green = sample(samples, i + 1);
        int blue = sample(samples, i + 2);
        boolean isKey = red == key(0) && green == key(1) && blue == key(2);
        int alpha = channels == 4 ? eightBits(sample(samples, i + 3)) : isKey ? 0 : 0xFF;
        rgb[o] = overWhite(eightBits(red), alpha);
        rgb[o + 1] = overWhite(eightBits(green), alpha);
        rgb[o + 2] = overWhite(eightBits(blue), alpha);
    }

    /** The sample that {@code tRNS} makes transparent, or -1. */
    private int key(int channel) {
        byte[] t = png.transparency();
        int i = channel * 2;
        return t.length < i + 2 ? -1 : (t[i] & 0xFF) << 8 | (t[i + 1] & 0xFF);
    }

    private int sample(byte[] samples, int i) {
        if (bits == 8) {
            return samples[i] & 0xFF;
        }
        if (bits == 16) {
            return (samples[2 * i] & 0xFF) << 8 | (samples[2 * i + 1] & 0xFF);
        }
        int perByte = 8 / bits;
        int shift = 8 - bits - i % perByte * bits;
        return samples[i / perByte] >> shift & ((1 << bits) - 1);
    }

    private int eightBits(int sample) {
        return bits == 16 ? sample >> 8 : bits == 8 ? sample : sample * 0xFF / ((1 << bits) - 1);
    }

    static byte overWhite(int value, int alpha) {
        return (byte) Cmyk.dividedBy255(value * alpha + WHITE * (0xFF - alpha));
    }
}
