package ai.facet.train.compare;

import ai.facet.train.report.CurvesPng;
import ai.facet.train.report.Images;
import ai.facet.train.report.Palette;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws {@code comparison.png}: balanced accuracy against time on the left, against cost on the right. */
final class ComparisonPng {
    private static final int WIDTH_PX = 700;
    private static final int HEIGHT_PX = 480;

    private ComparisonPng() {}

    static byte[] draw(List<NetworkResult> results) throws IOException {
        BufferedImage both = new BufferedImage(2 * WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        chart("training time, s", results, r -> r.usage().trainSeconds()).paint(graphics, WIDTH_PX, HEIGHT_PX);
        graphics.translate(WIDTH_PX, 0);
        chart("GMAC for one picture", results, ComparisonText::gmac).paint(graphics, WIDTH_PX, HEIGHT_PX);
        graphics.dispose();
        return Images.png(both);
    }

    private static XYChart chart(
            String axis, List<NetworkResult> results, Function<NetworkResult, @Nullable Double> x) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH_PX)
                .height(HEIGHT_PX)
                .title("Mean balanced accuracy on validation")
                .xAxisTitle(axis)
                .build();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setMarkerSize(13);
        CurvesPng.style(chart);
        chart.getStyler().setXAxisDecimalPattern("#,##0.###").setXAxisMin(0.0);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        for (int i = 0; i < results.size(); i++) {
            NetworkResult result = results.get(i);
            Double place = x.apply(result);
            if (result.finished() && place != null) {
                double y = Score.mean(result.validation(), Score::balancedAccuracy);
                chart.addSeries(result.name(), new double[] {place}, new double[] {y})
                        .setMarker(SeriesMarkers.CIRCLE)
                        .setMarkerColor(Color.decode(Palette.colour(i)));
            }
        }
        return chart;
    }
}
