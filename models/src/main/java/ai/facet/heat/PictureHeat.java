package ai.facet.heat;

import ai.facet.network.CellGrid;
import ai.facet.preprocess.FrameScale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Heat as it lies over an upright picture of any size, in that picture's pixels; {@code x} 0 is the left edge of its first
 * pixel. Cells may lie outside: on a letterbox's bars.
 *
 * @param heat scaled to its own peak
 * @param firstCentreX where the cells of the first column are centred
 * @param stepX from one column of cells to the next
 */
public record PictureHeat(HeatMap heat, double firstCentreX, double firstCentreY, double stepX, double stepY) {
    private static final double ROUNDING = 1e4;

    /**
     * Heat of the network's input, laid over the picture that became the input.
     *
     * @param heat of any scale
     * @param grid where its values lie on the input
     * @param scale how the picture became the input
     */
    public static PictureHeat of(HeatMap heat, CellGrid grid, FrameScale scale) {
        double centre = grid.firstCentrePx() + 0.5; // from the middle of the first pixel to its edge
        return new PictureHeat(
                heat.scaledToPeak(),
                scale.pictureX(centre),
                scale.pictureY(centre),
                grid.stepPx() / scale.scaleX(),
                grid.stepPx() / scale.scaleY());
    }

    /**
     * A value for each pixel: on the cells' centres theirs, linear between them, constant beyond the outermost.
     *
     * @return {@code [heightPx, widthPx]}, row by row, 0 to 1
     */
    public float[] over(int widthPx, int heightPx) {
        return heat.over(
                new HeatMap.Axis(firstCentreX - 0.5, stepX),
                new HeatMap.Axis(firstCentreY - 0.5, stepY),
                widthPx,
                heightPx);
    }

    /** The JSON value: {@code {"rows", "columns", "values", "firstCentre": [x, y], "step": [x, y]}}, rounded to 0.0001. */
    public Map<String, Object> toJson() {
        List<Double> values = new ArrayList<>();
        for (float value : heat.values()) {
            values.add(rounded(value));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", heat.rows());
        json.put("columns", heat.columns());
        json.put("values", values);
        json.put("firstCentre", List.of(rounded(firstCentreX), rounded(firstCentreY)));
        json.put("step", List.of(rounded(stepX), rounded(stepY)));
        return json;
    }

    private static double rounded(double value) {
        return Math.rint(value * ROUNDING) / ROUNDING;
    }
}
