package ai.facet.annotations;

/** Average colours over a grid of cells that covers a picture; a picture smaller than the grid repeats pixels. */
final class CellAverages {
    private static final int CHANNELS = 3;

    private final int columns;
    private final int rows;
    private final int widthPx;
    private final int heightPx;
    private final long[] sums;
    private final int[] counts;

    CellAverages(int columns, int rows, int widthPx, int heightPx) {
        this.columns = columns;
        this.rows = rows;
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        this.sums = new long[columns * rows * CHANNELS];
        this.counts = new int[columns * rows];
    }

    /** Adds one row of RGB pixels to the cells that it crosses. */
    void add(int y, byte[] rgb) {
        for (int cellY = 0; cellY < rows; cellY++) {
            if (y >= first(cellY, rows, heightPx) && y < end(cellY, rows, heightPx)) {
                addToCells(cellY, rgb);
            }
        }
    }

    private void addToCells(int cellY, byte[] rgb) {
        for (int cellX = 0; cellX < columns; cellX++) {
            int cell = cellY * columns + cellX;
            int end = end(cellX, columns, widthPx);
            for (int x = first(cellX, columns, widthPx); x < end; x++) {
                for (int c = 0; c < CHANNELS; c++) {
                    sums[cell * CHANNELS + c] += rgb[x * CHANNELS + c] & 0xFF;
                }
                counts[cell]++;
            }
        }
    }

    /** Brightness of a cell, 0 to 255, by the weights of ITU-R BT.601. */
    double luma(int cellX, int cellY) {
        int cell = cellY * columns + cellX;
        return 0.299 * average(cell, 0) + 0.587 * average(cell, 1) + 0.114 * average(cell, 2);
    }

    /** {@code [rows, columns, 3]} averages. */
    byte[] bytes() {
        byte[] bytes = new byte[sums.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(average(i / CHANNELS, i % CHANNELS));
        }
        return bytes;
    }

    private double average(int cell, int channel) {
        return (double) sums[cell * CHANNELS + channel] / counts[cell];
    }

    private static int first(int cell, int cells, int pixels) {
        return (int) ((long) cell * pixels / cells);
    }

    private static int end(int cell, int cells, int pixels) {
        return Math.max(first(cell + 1, cells, pixels), first(cell, cells, pixels) + 1);
    }
}
