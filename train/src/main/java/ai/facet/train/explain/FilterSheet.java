package ai.facet.train.explain;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * A convolution's filters {@code [out, in, k, k]}. Those that see colours are drawn in colours, mid-grey being 0; of
 * others, each row is a filter and each column one of its input channels, red for positive and blue for negative weights.
 * All are scaled by the largest weight.
 */
final class FilterSheet {
    private static final int RGB = 3;
    private static final int COLOUR_TILE_PX = 60;
    private static final int GAP_PX = 6;
    private static final int LONGEST_SIDE_PX = 4096;

    private final int filters;
    private final int inputs;
    private final int kernel;
    private final float[] weights;
    private final float largest;

    /** @param weights {@code [filters, inputs, kernel, kernel]}, not copied */
    FilterSheet(int filters, int inputs, int kernel, float[] weights) {
        this.filters = filters;
        this.inputs = inputs;
        this.kernel = kernel;
        this.weights = weights;
        float max = 0;
        for (float weight : weights) {
            max = Math.max(max, Math.abs(weight));
        }
        largest = max == 0 ? 1 : max;
    }

    BufferedImage draw() {
        return inputs == RGB ? colours() : matrix();
    }

    private BufferedImage colours() {
        int across = (int) Math.ceil(Math.sqrt(filters));
        int down = (filters + across - 1) / across;
        int pixel = Math.max(1, COLOUR_TILE_PX / kernel);
        int cell = kernel * pixel + GAP_PX;
        BufferedImage sheet = sheet(across * cell + GAP_PX, down * cell + GAP_PX);
        Graphics2D g = sheet.createGraphics();
        for (int f = 0; f < filters; f++) {
            for (int i = 0; i < kernel * kernel; i++) {
                g.setColor(new Color(level(f, 0, i), level(f, 1, i), level(f, 2, i)));
                int x = GAP_PX + f % across * cell + i % kernel * pixel;
                int y = GAP_PX + f / across * cell + i / kernel * pixel;
                g.fillRect(x, y, pixel, pixel);
            }
        }
        g.dispose();
        return sheet;
    }

    /** 0 to 255, 128 for a weight of 0. */
    private int level(int filter, int input, int position) {
        return Math.round(127.5f + 127.5f * weight(filter, input, position));
    }

    private BufferedImage matrix() {
        int longest = Math.max(filters, inputs) * kernel;
        int pixel = Math.max(1, Math.min(6, LONGEST_SIDE_PX / 2 / longest));
        int cell = kernel * pixel + 1;
        BufferedImage sheet =
                sheet(Math.min(LONGEST_SIDE_PX, inputs * cell + 1), Math.min(LONGEST_SIDE_PX, filters * cell + 1));
        Graphics2D g = sheet.createGraphics();
        for (int f = 0; f < filters; f++) {
            for (int c = 0; c < inputs; c++) {
                for (int i = 0; i < kernel * kernel; i++) {
                    g.setColor(signed(weight(f, c, i)));
                    g.fillRect(1 + c * cell + i % kernel * pixel, 1 + f * cell + i / kernel * pixel, pixel, pixel);
                }
            }
        }
        g.dispose();
        return sheet;
    }

    private static Color signed(float weight) {
        int rest = Math.round(255 * (1 - Math.abs(weight)));
        return weight >= 0 ? new Color(255, rest, rest) : new Color(rest, rest, 255);
    }

    private float weight(int filter, int input, int position) {
        return weights[(filter * inputs + input) * kernel * kernel + position] / largest;
    }

    private static BufferedImage sheet(int widthPx, int heightPx) {
        BufferedImage sheet = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Color.DARK_GRAY);
        g.fillRect(0, 0, widthPx, heightPx);
        g.dispose();
        return sheet;
    }
}
