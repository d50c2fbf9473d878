package ai.facet.train.input;

/**
 * Moves a picture's pixels by an affine map, with bilinear interpolation. The pixel at (x, y) takes the colour at
 * {@code (xx * x + xy * y + x0, yx * x + yy * y + y0)}, both from the middle of the first pixel.
 */
record Resampling(double xx, double xy, double x0, double yx, double yy, double y0) {
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
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            int y = i / width;
            double sx = xx * x + xy * y + x0;
            double sy = yx * x + yy * y + y0;
            boolean inside = sx >= -HALF && sx <= width - 1 + HALF && sy >= -HALF && sy <= height - 1 + HALF;
            for (int c = 0; c < 3; c++) {
                pixels[i * 3 + c] = inside ? sample(from, width, height, sx, sy, c) : (byte) (fillRgb >> (16 - 8 * c));
            }
        }
    }

    private static byte sample(byte[] from, int width, int height, double sx, double sy, int channel) {
        double x = Math.max(0, Math.min(width - 1, sx));
        double y = Math.max(0, Math.min(height - 1, sy));
        int left = (int) x;
        int top = (int) y;
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        double above = mix(from, top * width, left, right, x - left, channel);
        double below = mix(from, bottom * width, left, right, x - left, channel);
        return Scratch.toByte(above + (below - above) * (y - top));
    }

    private static double mix(byte[] from, int row, int left, int right, double part, int channel) {
        int a = from[(row + left) * 3 + channel] & 0xFF;
        int b = from[(row + right) * 3 + channel] & 0xFF;
        return a + (b - a) * part;
    }
}
