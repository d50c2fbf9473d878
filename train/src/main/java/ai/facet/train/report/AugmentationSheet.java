package ai.facet.train.report;

import ai.facet.train.input.Augmentation;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.Mixing;
import ai.facet.train.input.Seeds;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
    private final Map<String, Mixing> mixings;
    private final long seed;

    /**
     * A sheet of square pictures.
     *
     * @param columns what is done in each, by title, left to right
     * @param mixings columns after them, whose pictures are mixed as if the rows were a batch
     */
    public AugmentationSheet(
            int sidePx, Map<String, List<Augmentation>> columns, Map<String, Mixing> mixings, long seed) {
        this.sidePx = sidePx;
        this.columns = columns;
        this.mixings = mixings;
        this.seed = seed;
    }

    /** Draws the sheet; pictures are {@code [side, side, 3]} bytes and stay as they are. */
    public BufferedImage draw(List<byte[]> picturesHwc) {
        int tile = Math.max(TILE_PX, sidePx);
        int cell = tile + GAP_PX;
        BufferedImage sheet = new BufferedImage(
                GAP_PX + (columns.size() + mixings.size()) * cell,
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
            drawColumn(g, entry.getKey(), changed(picturesHwc, entry.getValue(), column), left, tile);
            column++;
        }
        for (Map.Entry<String, Mixing> entry : mixings.entrySet()) {
            int left = GAP_PX + column * cell;
            drawColumn(g, entry.getKey(), mixed(picturesHwc, entry.getValue(), column), left, tile);
            column++;
        }
        g.dispose();
        return sheet;
    }

    private void drawColumn(Graphics2D g, String title, List<byte[]> pictures, int left, int tile) {
        g.setColor(Color.BLACK);
        g.drawString(title, left, TITLE_PX - 4);
        int top = TITLE_PX + GAP_PX;
        for (byte[] pixels : pictures) {
            g.drawImage(Images.ofRgb(pixels, sidePx, sidePx), left, top, tile, tile, null);
            top += tile + GAP_PX;
        }
    }

    private List<byte[]> changed(List<byte[]> picturesHwc, List<Augmentation> changes, int column) {
        List<byte[]> changed = new ArrayList<>();
        for (byte[] original : picturesHwc) {
            byte[] pixels = original.clone();
            var random = Seeds.random(seed, changed.size(), column);
            changes.forEach(a -> a.apply(pixels, sidePx, sidePx, random));
            changed.add(pixels);
        }
        return changed;
    }

    private List<byte[]> mixed(List<byte[]> picturesHwc, Mixing mixing, int column) {
        Frame frame = new Frame(sidePx, sidePx);
        ByteBuffer batch = ByteBuffer.allocate(picturesHwc.size() * frame.bytes());
        picturesHwc.forEach(batch::put);
        mixing.apply(batch.flip(), picturesHwc.size(), frame, Seeds.random(seed, column));
        List<byte[]> mixed = new ArrayList<>();
        for (int i = 0; i < picturesHwc.size(); i++) {
            byte[] pixels = new byte[frame.bytes()];
            batch.get(pixels);
            mixed.add(pixels);
        }
        return mixed;
    }
}
