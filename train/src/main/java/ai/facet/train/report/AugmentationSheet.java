package ai.facet.train.report;

import ai.facet.train.input.Augmentation;
import ai.facet.train.input.Seeds;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** Pictures in rows and augmentations in labelled columns, for people to judge. */
public final class AugmentationSheet {
    private static final int TILE_PX = 128;
    private static final int GAP_PX = 8;
    private static final int TITLE_PX = 24;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

    private final int sidePx;
    private final Map<String, List<Augmentation>> columns;
    private final long seed;

    /**
     * A sheet of square pictures.
     *
     * @param columns what is done in each, by title, left to right
     */
    public AugmentationSheet(int sidePx, Map<String, List<Augmentation>> columns, long seed) {
        this.sidePx = sidePx;
        this.columns = columns;
        this.seed = seed;
    }

    /** Draws the sheet; pictures are {@code [side, side, 3]} bytes and stay as they are. */
    public BufferedImage draw(List<byte[]> picturesHwc) {
        int tile = Math.max(TILE_PX, sidePx);
        int cell = tile + GAP_PX;
        BufferedImage sheet = new BufferedImage(
                GAP_PX + columns.size() * cell,
                TITLE_PX + GAP_PX + picturesHwc.size() * cell,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setFont(FONT);
        int column = 0;
        for (Map.Entry<String, List<Augmentation>> entry : columns.entrySet()) {
            int left = GAP_PX + column * cell;
            g.setColor(Color.BLACK);
            g.drawString(entry.getKey(), left, TITLE_PX - 4);
            for (int row = 0; row < picturesHwc.size(); row++) {
                byte[] pixels = picturesHwc.get(row).clone();
                var random = Seeds.random(seed, row, column);
                entry.getValue().forEach(a -> a.apply(pixels, sidePx, sidePx, random));
                g.drawImage(
                        Images.ofRgb(pixels, sidePx, sidePx), left, TITLE_PX + GAP_PX + row * cell, tile, tile, null);
            }
            column++;
        }
        g.dispose();
        return sheet;
    }
}
