package ai.facet.train.synth;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** The first pictures of a data set in a grid, each with its labels, for people to judge. */
final class ContactSheet {
    private static final int COLUMNS = 6;
    private static final int GAP_PX = 8;
    private static final int LINE_PX = 13;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    private final int tilePx;
    private final List<SynthImage> tiles;

    ContactSheet(List<SynthImage> tiles, int tilePx) {
        this.tiles = tiles;
        this.tilePx = tilePx;
    }

    BufferedImage draw() {
        int columns = Math.min(COLUMNS, tiles.size());
        int rows = (tiles.size() + columns - 1) / columns;
        int cellWidth = Math.max(tilePx, widestLinePx()) + GAP_PX;
        int cellHeight = tilePx + 4 * LINE_PX + GAP_PX;
        BufferedImage sheet =
                new BufferedImage(columns * cellWidth + GAP_PX, rows * cellHeight + GAP_PX, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (int i = 0; i < tiles.size(); i++) {
            tile(g, tiles.get(i), GAP_PX + i % columns * cellWidth, GAP_PX + i / columns * cellHeight);
        }
        g.dispose();
        return sheet;
    }

    /** Captions must not run into their neighbours. */
    private int widestLinePx() {
        FontRenderContext context = new FontRenderContext(null, true, false);
        return tiles.stream()
                .flatMap(tile -> lines(tile.traits()).stream())
                .mapToInt(line ->
                        (int) Math.ceil(FONT.getStringBounds(line, context).getWidth()))
                .max()
                .orElse(0);
    }

    private void tile(Graphics2D g, SynthImage tile, int x, int y) {
        g.drawImage(tile.image(), x, y, tilePx, tilePx, null);
        g.setColor(Color.BLACK);
        g.setFont(FONT);
        List<String> lines = lines(tile.traits());
        for (int i = 0; i < lines.size(); i++) {
            g.drawString(lines.get(i), x, y + tilePx + (i + 1) * LINE_PX - 2);
        }
    }

    private static List<String> lines(PersonTraits traits) {
        List<String> lines = new ArrayList<>();
        lines.add(traits.className(Attributes.GENDER) + " " + traits.className(Attributes.AGE) + " "
                + traits.className(Attributes.EMOTION));
        lines.add(traits.className(Attributes.WEIGHT) + ", " + traits.className(Attributes.POSE));
        lines.add("bag: " + traits.className(Attributes.BAG));
        lines.add("shoes: " + traits.className(Attributes.FOOTWEAR) + ", quality: "
                + traits.className(Attributes.IMAGE_QUALITY));
        return lines;
    }
}
