package ai.facet.train.report;

import ai.facet.train.loop.EpochMetrics;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws {@code curves.png}: loss on the left, balanced accuracy of each attribute on the right. */
public final class CurvesPng {
    public static final String FILE = "curves.png";

    private static final int WIDTH_PX = 700;
    private static final int HEIGHT_PX = 480;
    private static final float LINE_PX = 2.2f;

    private CurvesPng() {}

    /** The picture's bytes; at least one epoch. */
    public static byte[] draw(List<EpochMetrics> history) throws IOException {
        BufferedImage both = new BufferedImage(2 * WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        chart("Loss (sum over attributes)", Series.losses(history)).paint(graphics, WIDTH_PX, HEIGHT_PX);
        graphics.translate(WIDTH_PX, 0);
        XYChart accuracies = chart("Balanced accuracy on validation", Series.balancedAccuracies(history));
        accuracies.getStyler().setYAxisMax(1.0);
        accuracies.paint(graphics, WIDTH_PX, HEIGHT_PX);
        graphics.dispose();
        return Images.png(both);
    }

    private static XYChart chart(String title, List<Series> series) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH_PX)
                .height(HEIGHT_PX)
                .title(title)
                .xAxisTitle("epoch")
                .build();
        style(chart);
        for (int i = 0; i < series.size(); i++) {
            List<Double> values = series.get(i).values();
            List<Integer> epochs =
                    IntStream.rangeClosed(1, values.size()).boxed().toList();
            chart.addSeries(series.get(i).name(), epochs, values)
                    .setMarker(values.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
                    .setLineColor(Color.decode(Palette.colour(i)))
                    .setLineStyle(new BasicStroke(LINE_PX));
        }
        return chart;
    }

    /** The look that all plots share. */
    public static void style(XYChart chart) {
        chart.getStyler()
                .setXAxisDecimalPattern("0")
                .setYAxisDecimalPattern("0.00")
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        chart.getStyler().setPlotGridLinesColor(new Color(0xE3E6EA));
    }
}
