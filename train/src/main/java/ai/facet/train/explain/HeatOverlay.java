package ai.facet.train.explain;

import ai.facet.heat.HeatMap;
import ai.facet.network.CellGrid;
import ai.facet.preprocess.Preprocessing;
import ai.facet.train.report.Images;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Draws a picture as the network sees it, and heat over it. Thread-safe. */
final class HeatOverlay {
    /** Small inputs are enlarged to at least this. */
    private static final int SMALLEST_SIDE_PX = 160;
    /** How much of its colour a picture keeps below heat, so that heat is not mistaken for it. */
    private static final double COLOUR_KEPT = 0.25;
    /** What the hottest place leaves of the picture is 1 minus this. */
    private static final double OPACITY = 0.78;

    private final int widthPx;
    private final int heightPx;
    private final CellGrid grid;
    private final int enlarged;

    HeatOverlay(Preprocessing input, CellGrid grid) {
        this.widthPx = input.widthPx();
        this.heightPx = input.heightPx();
        this.grid = grid;
        this.enlarged = Math.max(1, (SMALLEST_SIDE_PX + widthPx - 1) / widthPx);
    }

    int tileWidthPx() {
        return widthPx * enlarged;
    }

    int tileHeightPx() {
        return heightPx * enlarged;
    }

    /** The picture alone, enlarged. */
    BufferedImage picture(byte[] pixelsHwc) {
        BufferedImage small = Images.ofRgb(pixelsHwc, widthPx, heightPx);
        if (enlarged == 1) {
            return small;
        }
        BufferedImage large = new BufferedImage(tileWidthPx(), tileHeightPx(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = large.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(small, 0, 0, tileWidthPx(), tileHeightPx(), null);
        g.dispose();
        return large;
    }

    /** Heat over the picture, scaled to its own peak; the picture alone in pale if there is none. */
    BufferedImage heat(byte[] pixelsHwc, HeatMap heat) {
        BufferedImage image = picture(pixelsHwc);
        float peak = heat.peak();
        float[] field = heat.over(grid, widthPx, heightPx);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double value = peak == 0 ? 0 : field[y / enlarged * widthPx + x / enlarged] / peak;
                image.setRGB(x, y, blend(image.getRGB(x, y), value));
            }
        }
        return image;
    }

    private static int blend(int rgb, double value) {
        double red = rgb >> 16 & 0xFF;
        double green = rgb >> 8 & 0xFF;
        double blue = rgb & 0xFF;
        double grey = 0.299 * red + 0.587 * green + 0.114 * blue;
        double[] pale = {mix(grey, red, COLOUR_KEPT), mix(grey, green, COLOUR_KEPT), mix(grey, blue, COLOUR_KEPT)};
        double[] hot = colour(value);
        double opacity = OPACITY * Math.min(1, 1.6 * value);
        int blended = 0;
        for (int i = 0; i < 3; i++) {
            blended = blended << 8 | (int) Math.round(mix(pale[i], hot[i], opacity));
        }
        return blended;
    }

    /** Violet, red, orange, yellow: rising in lightness, so that it can also be read without colours. */
    private static double[] colour(double value) {
        double[][] stops = {{60, 15, 110}, {190, 40, 90}, {245, 125, 25}, {255, 240, 90}};
        double position = value * (stops.length - 1);
        int below = Math.min(stops.length - 2, (int) position);
        double part = position - below;
        double[] colour = new double[3];
        for (int i = 0; i < 3; i++) {
            colour[i] = mix(stops[below][i], stops[below + 1][i], part);
        }
        return colour;
    }

    private static double mix(double from, double to, double part) {
        return from + (to - from) * part;
    }
}
