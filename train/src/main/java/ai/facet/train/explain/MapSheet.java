package ai.facet.train.explain;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A contact sheet of maps: the picture, then every channel from black (its smallest value) to white (its largest). */
final class MapSheet {
    private static final int SMALLEST_TILE_PX = 64;
    private static final int GAP_PX = 4;
    private static final int TITLE_PX = 22;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private final String title;
    private final int channels;
    private final int rows;
    private final int columns;

    MapSheet(String title, int channels, int rows, int columns) {
        this.title = title;
        this.channels = channels;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Draws one picture's maps.
     *
     * @param maps {@code [channels, rows, columns]} from {@code from}
     */
    BufferedImage draw(BufferedImage picture, float[] maps, int from) {
        int enlarged = Math.max(1, (SMALLEST_TILE_PX + columns - 1) / columns);
        int cellWidth = columns * enlarged + GAP_PX;
        int cellHeight = rows * enlarged + GAP_PX;
        int across = (int) Math.ceil(Math.sqrt(channels + 1.0));
        int down = (channels + across) / across;
        BufferedImage sheet = new BufferedImage(
                across * cellWidth + GAP_PX, down * cellHeight + GAP_PX + TITLE_PX, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(new Color(0x30363D));
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setFont(FONT);
        g.setColor(Color.WHITE);
        g.drawString(title, GAP_PX, TITLE_PX - 6);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(picture, GAP_PX, TITLE_PX + GAP_PX, columns * enlarged, rows * enlarged, null);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        for (int i = 0; i < channels; i++) {
            int cell = i + 1;
            g.drawImage(
                    tile(maps, from + i * rows * columns),
                    GAP_PX + cell % across * cellWidth,
                    TITLE_PX + GAP_PX + cell / across * cellHeight,
                    columns * enlarged,
                    rows * enlarged,
                    null);
        }
        g.dispose();
        return sheet;
    }

    private BufferedImage tile(float[] maps, int from) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + rows * columns; i++) {
            low = Math.min(low, maps[i]);
            high = Math.max(high, maps[i]);
        }
        BufferedImage tile = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < rows * columns; i++) {
            int grey = high == low ? 0 : Math.round(255 * (maps[from + i] - low) / (high - low));
            tile.setRGB(i % columns, i / columns, grey << 16 | grey << 8 | grey);
        }
        return tile;
    }
}
