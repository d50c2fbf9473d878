package ai.facet.train.data;

import ai.facet.schema.Attribute;
import ai.facet.train.report.Images;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.style.HorizontalBarStyler;

/** A bar per class, the first class at the top. */
final class ClassBars {
    private static final int WIDTH_PX = 900;
    private static final int MARGIN_PX = 110;
    private static final int BAR_PX = 44;
    /** Less than a bar's height, so that each class has its name; XChart takes the hint for X for these labels too. */
    private static final int LABEL_PX = 28;

    private static final double FILL = 0.7;
    private static final Color BLUE = new Color(0x3b73b9);
    private static final Color GRID = new Color(0xe2e8f0);

    private ClassBars() {}

    /** The picture's bytes. */
    static byte[] png(Attribute attribute, int[] counts) throws IOException {
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(WIDTH_PX)
                .height(MARGIN_PX + BAR_PX * counts.length)
                .title(attribute.title())
                .xAxisTitle("images")
                .build();
        style(chart.getStyler());
        List<Integer> values = IntStream.of(counts).boxed().toList();
        chart.addSeries("images", values, attribute.classes()).setFillColor(BLUE);
        BufferedImage picture = BitmapEncoder.getBufferedImage(chart);
        return Images.png(picture);
    }

    private static void style(HorizontalBarStyler styler) {
        styler.setLegendVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridHorizontalLinesVisible(false);
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        styler.setXAxisDecimalPattern("#,##0");
        styler.setXAxisMin(0.0);
        styler.setXAxisTickMarkSpacingHint(LABEL_PX);
        styler.setAvailableSpaceFill(FILL);
        styler.setLabelsVisible(true);
        styler.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    }
}
