package ai.facet.train.explain;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** One picture's file: the picture, then its heat for each attribute with what was answered. */
final class HeatSheet {
    private static final int COLUMNS = 5;
    private static final int GAP_PX = 10;
    private static final int LINE_PX = 15;
    private static final int CAPTION_PX = 2 * LINE_PX + 6;
    private static final int NARROWEST_PX = 190;
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 12);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Color WRONG = new Color(0xB35900);

    private final HeatOverlay overlay;

    HeatSheet(HeatOverlay overlay) {
        this.overlay = overlay;
    }

    BufferedImage draw(Explanation explanation) {
        int tiles = explanation.attributes().size() + 1;
        int columns = Math.min(COLUMNS, tiles);
        int rows = (tiles + columns - 1) / columns;
        int cellWidth = Math.max(NARROWEST_PX, overlay.tileWidthPx()) + GAP_PX;
        int cellHeight = overlay.tileHeightPx() + CAPTION_PX + GAP_PX;
        BufferedImage sheet =
                new BufferedImage(columns * cellWidth + GAP_PX, rows * cellHeight + GAP_PX, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (int i = 0; i < tiles; i++) {
            Graphics2D cell = (Graphics2D) g.create(
                    GAP_PX + i % columns * cellWidth, GAP_PX + i / columns * cellHeight, cellWidth, cellHeight);
            if (i == 0) {
                tile(cell, overlay.picture(explanation.pixelsHwc()), explanation.name(), "", Color.BLACK);
            } else {
                attribute(cell, explanation, explanation.attributes().get(i - 1));
            }
            cell.dispose();
        }
        g.dispose();
        return sheet;
    }

    private void attribute(Graphics2D cell, Explanation explanation, AttributeHeat heat) {
        String text =
                String.format(Locale.ROOT, "%s %.0f %%", heat.explainedClass(), 100 * heat.explainedProbability());
        BufferedImage image = overlay.heat(explanation.pixelsHwc(), heat.heat());
        tile(cell, image, heat.attribute().title(), text, heat.wrong() ? WRONG : Color.BLACK);
    }

    private void tile(Graphics2D cell, BufferedImage image, String title, String text, Color colour) {
        cell.setColor(Color.BLACK);
        cell.setFont(BOLD);
        cell.drawString(title, 0, LINE_PX - 2);
        cell.setColor(colour);
        cell.setFont(PLAIN);
        cell.drawString(text, 0, 2 * LINE_PX - 2);
        cell.drawImage(image, 0, CAPTION_PX, null);
    }
}
