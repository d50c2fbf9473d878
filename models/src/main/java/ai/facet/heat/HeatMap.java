package ai.facet.heat;

import ai.facet.network.CellGrid;

/**
 * How much each place speaks for a class: {@code [rows, columns]} values of 0 or more, without unit.
 *
 * @param values row by row; not copied
 */
public record HeatMap(int rows, int columns, float[] values) {
    public HeatMap {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " values; expected " + rows + " x " + columns);
        }
    }

    /** The largest value; 0 if nothing speaks for the class. */
    public float peak() {
        float peak = 0;
        for (float value : values) {
            peak = Math.max(peak, value);
        }
        return peak;
    }

    /** The same heat with a peak of 1; without any heat it stays 0 everywhere. */
    public HeatMap scaledToPeak() {
        float peak = peak();
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length && peak > 0; i++) {
            scaled[i] = values[i] / peak;
        }
        return new HeatMap(rows, columns, scaled);
    }

    /**
     * The map over the network's input, each value on the pixel that it is centred on, linear between them, constant
     * beyond the outermost.
     *
     * @return {@code [heightPx, widthPx]}, row by row
     */
    public float[] over(CellGrid grid, int widthPx, int heightPx) {
        Axis axis = new Axis(grid.firstCentrePx(), grid.stepPx());
        return over(axis, axis, widthPx, heightPx);
    }

    /** Where the cells of one direction are centred, in pixels; the middle of the first pixel is 0. */
    record Axis(double firstCentrePx, double stepPx) {
        private double position(int pixel, int cells) {
            return Math.max(0, Math.min(cells - 1, (pixel - firstCentrePx) / stepPx));
        }
    }

    float[] over(Axis across, Axis down, int widthPx, int heightPx) {
        float[] field = new float[widthPx * heightPx];
        for (int y = 0; y < heightPx; y++) {
            double row = down.position(y, rows);
            for (int x = 0; x < widthPx; x++) {
                field[y * widthPx + x] = at(row, across.position(x, columns));
            }
        }
        return field;
    }

    private float at(double row, double column) {
        int top = (int) row;
        int left = (int) column;
        int bottom = Math.min(rows - 1, top + 1);
        int right = Math.min(columns - 1, left + 1);
        double down = row - top;
        double across = column - left;
        double upper = value(top, left) * (1 - across) + value(top, right) * across;
        double lower = value(bottom, left) * (1 - across) + value(bottom, right) * across;
        return (float) (upper * (1 - down) + lower * down);
    }

    private float value(int row, int column) {
        return values[row * columns + column];
    }
}
