package ai.facet.train.explain;

import ai.facet.network.CellGrid;

/**
 * How much each place speaks for a class: {@code [rows, columns]} values of 0 or more, without unit.
 *
 * @param values row by row; not copied
 */
record HeatMap(int rows, int columns, float[] values) {
    HeatMap {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " values; expected " + rows + " x " + columns);
        }
    }

    /** The largest value; 0 if nothing speaks for the class. */
    float peak() {
        float peak = 0;
        for (float value : values) {
            peak = Math.max(peak, value);
        }
        return peak;
    }

    /**
     * The map over the network's input, each value on the pixel that it is centred on, linear between them, constant
     * beyond the outermost.
     *
     * @return {@code [heightPx, widthPx]}, row by row
     */
    float[] over(CellGrid grid, int widthPx, int heightPx) {
        float[] field = new float[widthPx * heightPx];
        for (int y = 0; y < heightPx; y++) {
            double row = position(y, grid, rows);
            for (int x = 0; x < widthPx; x++) {
                field[y * widthPx + x] = at(row, position(x, grid, columns));
            }
        }
        return field;
    }

    private static double position(int pixel, CellGrid grid, int cells) {
        double cell = (pixel - grid.firstCentrePx()) / grid.stepPx();
        return Math.max(0, Math.min(cells - 1, cell));
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
