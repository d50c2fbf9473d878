package ai.facet.train.input;

/**
 * Moves a picture's pixels by an affine map, with bilinear interpolation. The pixel at (x, y) takes the colour at
 * {@code (xx * x + xy * y + x0, yx * x + yy * y + y0)}, both from the middle of the first pixel.
 */
record Resampling(double xx, double xy, double x0, double yx, double yy, double y0) {
    /** 255 times this squared fits into an int. */
    private static final int ONE = 1 << 11;

    private static final double HALF = 0.5 + 1e-9; // a pixel's area ends here; the rest allows for rounding

    /** A turn about the picture's middle, clockwise as seen. */
    static Resampling rotation(double degrees, int width, int height) {
        double sin = Math.sin(Math.toRadians(degrees));
        double cos = Math.cos(Math.toRadians(degrees));
        double mx = (width - 1) / 2.0;
        double my = (height - 1) / 2.0;
        return new Resampling(cos, sin, mx - cos * mx - sin * my, -sin, cos, my + sin * mx - cos * my);
    }

    /** A part of the picture at its full size; (left, top) is the part's corner. */
    static Resampling crop(double part, double left, double top) {
        return new Resampling(part, 0, left + (part - 1) / 2, 0, part, top + (part - 1) / 2);
    }

    /** Changes the picture in place; what comes from outside gets the fill colour. */
    void apply(byte[] pixels, int width, int height, int fillRgb) {
        byte[] from = Scratch.own().bytes(width * height * 3);
        System.arraycopy(pixels, 0, from, 0, width * height * 3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sx = xx * x + xy * y + x0;
                double sy = yx * x + yy * y + y0;
                int to = (y * width + x) * 3;
                if (sx >= -HALF && sx <= width - 1 + HALF && sy >= -HALF && sy <= height - 1 + HALF) {
                    sample(from, width, height, sx, sy, pixels, to);
                } else {
                    fill(pixels, to, fillRgb);
                }
            }
        }
    }

    private static void fill(byte[] pixels, int to, int fillRgb) {
        pixels[to] = (byte) (fillRgb >> 16);
        pixels[to + 1] = (byte) (fillRgb >> 8);
        pixels[to + 2] = (byte) fillRgb;
    }

    /** Bilinear in whole numbers: weights are parts of {@link #ONE}. */
    private static void sample(byte[] from, int width, int height, double sx, double sy, byte[] pixels, int to) {
        double x = Math.max(0, Math.min(width - 1, sx));
        double y = Math.max(0, Math.min(height - 1, sy));
        int left = (int) x;
        int top = (int) y;
        int fx = (int) ((x - left) * ONE + 0.5);
        int fy = (int) ((y - top) * ONE + 0.5);
        int right = left < width - 1 ? 3 : 0;
        int above = (top * width + left) * 3;
        int below = top < height - 1 ? above + width * 3 : above;
        for (int c = 0; c < 3; c++) {
            int up = (from[above + c] & 0xFF) * (ONE - fx) + (from[above + right + c] & 0xFF) * fx;
            int down = (from[below + c] & 0xFF) * (ONE - fx) + (from[below + right + c] & 0xFF) * fx;
            pixels[to + c] = (byte) ((up * (ONE - fy) + down * fy + ONE * ONE / 2) / (ONE * ONE));
        }
    }
}
