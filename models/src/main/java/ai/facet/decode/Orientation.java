package ai.facet.decode;

import ai.facet.image.RgbImage;

/** Turns a picture upright, as EXIF's eight orientations ask. */
final class Orientation {
    private static final int CHANNELS = RgbImage.CHANNELS;

    private Orientation() {}

    static RgbImage apply(RgbImage image, int orientation) {
        if (orientation == ExifOrientation.UPRIGHT) {
            return image;
        }
        int w = image.widthPx();
        int h = image.heightPx();
        // The source index of result pixel (x, y) is start + x * perColumn + y * perRow.
        return switch (orientation) {
            case 2 -> gather(image, w, h, w - 1, -1, w); // mirrored left to right
            case 3 -> gather(image, w, h, h * w - 1, -1, -w); // half a turn
            case 4 -> gather(image, w, h, (h - 1) * w, 1, -w); // mirrored top to bottom
            case 5 -> gather(image, h, w, 0, w, 1); // transposed
            case 6 -> gather(image, h, w, (h - 1) * w, -w, 1); // needs a quarter turn clockwise
            case 7 -> gather(image, h, w, h * w - 1, -w, -1); // transposed about the other diagonal
            case 8 -> gather(image, h, w, w - 1, w, -1); // needs a quarter turn anticlockwise
            default -> throw new IllegalArgumentException("orientation " + orientation + "; expected 1 to 8");
        };
    }

    private static RgbImage gather(RgbImage image, int width, int height, int start, int perColumn, int perRow) {
        byte[] in = image.pixelsHwc();
        byte[] out = new byte[in.length];
        int o = 0;
        for (int y = 0; y < height; y++) {
            int pixel = start + y * perRow;
            for (int x = 0; x < width; x++, pixel += perColumn, o += CHANNELS) {
                int i = pixel * CHANNELS;
                out[o] = in[i];
                out[o + 1] = in[i + 1];
                out[o + 2] = in[i + 2];
            }
        }
        return new RgbImage(width, height, out);
    }
}
