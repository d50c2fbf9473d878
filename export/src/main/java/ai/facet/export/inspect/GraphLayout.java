package ai.facet.export.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Places boxes in rows from top to bottom (Sugiyama, Tagawa, Toda, 1981): the row is the longest way from an input; lines
 * over several rows bend at a point in each; rows are sorted by their neighbours' means, then points move towards them.
 * The same graph gives the same places.
 */
final class GraphLayout {
    /** More points than this are no drawing any more. */
    private static final int MOST_POINTS = 60_000;

    private static final int SORTINGS = 8;
    private static final int MOVES = 60;
    private static final double GAP = 22;

    /** A box, or where a line passes a row. */
    static final class Point {
        final int row;
        final double width;
        final List<Point> above = new ArrayList<>();
        final List<Point> below = new ArrayList<>();
        double x;

        Point(int row, double width) {
            this.row = row;
            this.width = width;
        }

        private double wish(List<Point> neighbours) {
            return neighbours.stream().mapToDouble(p -> p.x).average().orElse(x);
        }

        private double wish() {
            List<Point> all = new ArrayList<>(above);
            all.addAll(below);
            return wish(all);
        }
    }

    private final List<Point> boxes = new ArrayList<>();
    private final List<List<Point>> lines = new ArrayList<>();
    private final List<List<Point>> rows = new ArrayList<>();
    private int points;

    /**
     * Places everything.
     *
     * @param widths of the boxes
     * @throws IllegalArgumentException if the graph is too big to be drawn
     */
    GraphLayout(DrawnGraph graph, List<Double> widths) {
        int[] row = rowsOf(graph);
        for (int i = 0; i < widths.size(); i++) {
            boxes.add(add(row[i], widths.get(i)));
        }
        graph.edges().forEach(edge -> lines.add(line(boxes.get(edge.from()), boxes.get(edge.to()))));
        for (int i = 0; i < SORTINGS; i++) {
            sort(i % 2 == 0);
        }
        for (int i = 0; i < MOVES; i++) {
            move(i % 2 == 0);
        }
        shiftToZero();
    }

    List<Point> boxes() {
        return boxes;
    }

    /** For each edge the points that it passes, boxes at both ends. */
    List<List<Point>> lines() {
        return lines;
    }

    int rowCount() {
        return rows.size();
    }

    double width() {
        return rows.stream()
                .flatMap(List::stream)
                .mapToDouble(p -> p.x + p.width / 2)
                .max()
                .orElse(0);
    }

    /** Edges lead to later boxes only. */
    private static int[] rowsOf(DrawnGraph graph) {
        int[] row = new int[graph.boxes().size()];
        graph.edges().stream()
                .sorted(Comparator.comparingInt(DrawnGraph.Edge::from))
                .forEach(edge -> row[edge.to()] = Math.max(row[edge.to()], row[edge.from()] + 1));
        int last = Arrays.stream(row).max().orElse(0);
        for (int i = 0; i < row.length; i++) {
            boolean output = graph.boxes().get(i).role() == DrawnGraph.Role.OUTPUT;
            row[i] = output ? last : row[i];
        }
        return row;
    }

    private Point add(int row, double width) {
        if (++points > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "the graph is too big to be drawn: more than " + MOST_POINTS + " boxes and bends of lines");
        }
        while (rows.size() <= row) {
            rows.add(new ArrayList<>());
        }
        Point point = new Point(row, width);
        List<Point> others = rows.get(row);
        point.x = others.size();
        others.add(point);
        return point;
    }

    private List<Point> line(Point from, Point to) {
        List<Point> line = new ArrayList<>(List.of(from));
        for (int row = from.row + 1; row < to.row; row++) {
            line.add(add(row, 0));
        }
        line.add(to);
        for (int i = 1; i < line.size(); i++) {
            line.get(i - 1).below.add(line.get(i));
            line.get(i).above.add(line.get(i - 1));
        }
        return line;
    }

    private void sort(boolean down) {
        for (int i = 0; i < rows.size(); i++) {
            List<Point> row = rows.get(down ? i : rows.size() - 1 - i);
            double[] wishes = row.stream()
                    .mapToDouble(p -> p.wish(down ? p.above : p.below))
                    .toArray();
            List<Integer> order = new ArrayList<>();
            for (int k = 0; k < wishes.length; k++) {
                order.add(k);
            }
            order.sort(Comparator.comparingDouble(k -> wishes[k]));
            List<Point> sorted = order.stream().map(row::get).toList();
            row.clear();
            row.addAll(sorted);
            spread(row);
        }
    }

    /** Side by side around the middle. */
    private static void spread(List<Point> row) {
        double x = 0;
        for (Point point : row) {
            point.x = x + point.width / 2;
            x += point.width + GAP;
        }
        double middle = x / 2;
        row.forEach(point -> point.x -= middle);
    }

    /** Each row goes where its neighbours are, in its order and without overlap: least squares by pooling neighbours. */
    private void move(boolean down) {
        for (int i = 0; i < rows.size(); i++) {
            place(rows.get(down ? i : rows.size() - 1 - i));
        }
    }

    /** Pool-adjacent-violators on wishes less the space that the points before need. */
    private static void place(List<Point> row) {
        double[] offset = new double[row.size()];
        for (int i = 1; i < offset.length; i++) {
            offset[i] = offset[i - 1] + (row.get(i - 1).width + row.get(i).width) / 2 + GAP;
        }
        double[] sums = new double[row.size()];
        int[] counts = new int[row.size()];
        int pools = 0;
        for (int i = 0; i < offset.length; i++) {
            sums[pools] = row.get(i).wish() - offset[i];
            counts[pools] = 1;
            while (pools > 0 && sums[pools - 1] / counts[pools - 1] > sums[pools] / counts[pools]) {
                sums[pools - 1] += sums[pools];
                counts[pools - 1] += counts[pools];
                pools--;
            }
            pools++;
        }
        int next = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int k = 0; k < counts[pool]; k++, next++) {
                row.get(next).x = sums[pool] / counts[pool] + offset[next];
            }
        }
    }

    private void shiftToZero() {
        double left = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(p -> p.x - p.width / 2)
                .min()
                .orElse(0);
        rows.forEach(row -> row.forEach(point -> point.x -= left));
    }
}
