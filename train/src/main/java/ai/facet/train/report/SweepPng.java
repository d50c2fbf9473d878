package ai.facet.train.report;

import ai.facet.train.sweep.RateSweep;
import ai.facet.train.sweep.SweepCurve;
import ai.facet.train.sweep.SweepResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws {@code lr-find.png}: one chart per sweep. */
final class SweepPng {
    private static final int WIDTH_PX = 800;
    private static final int HEIGHT_PX = 480;

    private SweepPng() {}

    static byte[] draw(SweepResult result) throws IOException {
        int charts = result.curves().size();
        BufferedImage all = new BufferedImage(charts * WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        for (int i = 0; i < charts; i++) {
            chart(result, i).paint(graphics, WIDTH_PX, HEIGHT_PX);
            graphics.translate(WIDTH_PX, 0);
        }
        graphics.dispose();
        return Images.png(all);
    }

    private static XYChart chart(SweepResult result, int index) {
        SweepCurve curve = result.curves().get(index);
        boolean exponential = curve.sweep().kind() == RateSweep.Kind.EXPONENTIAL;
        XYChart chart = new XYChartBuilder()
                .width(WIDTH_PX)
                .height(HEIGHT_PX)
                .title(curve.sweep().kind().id() + " sweep")
                .xAxisTitle(exponential ? "learning rate" : "step; the rate is highest in the middle")
                .yAxisTitle("smoothed loss")
                .build();
        CurvesPng.style(chart);
        chart.getStyler().setXAxisLogarithmic(exponential);
        chart.getStyler().setXAxisDecimalPattern(exponential ? "0E0" : "0");
        double top = SweepChart.ceiling(curve);
        List<Integer> shown = IntStream.range(0, curve.size())
                .filter(i -> curve.smoothed(i) <= top)
                .boxed()
                .toList();
        List<Double> losses = shown.stream().map(curve::smoothed).toList();
        add(chart, "smoothed loss", shown.stream().map(i -> x(curve, i)).toList(), losses, 0);
        double low = losses.stream().mapToDouble(d -> d).min().orElse(0);
        double[] rates = {
            result.suggestions().get(index).valley(),
            result.suggestions().get(index).steepest(),
            result.suggestions().get(index).tenthOfMinimum(),
            result.trainingRate()
        };
        String[] names = {"valley", "steepest", "minimum / 10", "facet train"};
        for (int i = 0; i < rates.length; i++) {
            double at = exponential ? rates[i] : stepOf(curve.sweep(), rates[i]);
            String name = names[i] + " " + SweepResult.text(rates[i]);
            if (rates[i] >= curve.sweep().from() && rates[i] <= curve.sweep().to()) {
                add(chart, name, List.of(at, at), List.of(low, top), i + 1);
            }
        }
        return chart;
    }

    private static double x(SweepCurve curve, int step) {
        return curve.sweep().kind() == RateSweep.Kind.EXPONENTIAL ? curve.rate(step) : step;
    }

    private static double stepOf(RateSweep sweep, double rate) {
        return (rate - sweep.from()) / (sweep.to() - sweep.from()) / 2 * (sweep.steps() - 1);
    }

    private static void add(XYChart chart, String name, List<Double> x, List<Double> y, int colour) {
        chart.addSeries(name, x, y)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Color.decode(Palette.colour(colour)))
                .setLineStyle(new BasicStroke(colour == 0 ? 2.4f : 1.6f));
    }
}
