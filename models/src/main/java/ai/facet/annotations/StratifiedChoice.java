package ai.facet.annotations;

import ai.facet.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Draws some rows of a table so that they have its classes in about the same shares. Rows are gone through in an order
 * that the seed decides, and each is taken if its labels are still wanted, as for a split. No picture is read.
 */
public final class StratifiedChoice {
    private StratifiedChoice() {}

    /**
     * The chosen rows, ascending; all of them if there are no more than wanted.
     *
     * @param count how many, at least 1
     * @param seed the same table and seed give the same rows
     */
    public static int[] of(AnnotationTable table, int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; expected at least 1");
        }
        if (count >= table.size()) {
            return IntStream.range(0, table.size()).toArray();
        }
        AnnotationTable free = withoutSides(table);
        double share = (double) count / table.size();
        LabelDemand demand = new LabelDemand(free, Map.of(SplitSide.TRAIN, 1 - share, SplitSide.VALIDATION, share));
        List<Integer> taken = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int row : inSeededOrder(table.size(), seed)) {
            SplitSide side = demand.mostWanting(List.of(row));
            demand.satisfy(side, List.of(row));
            (side == SplitSide.VALIDATION ? taken : left).add(row);
        }
        return exactly(count, taken, left);
    }

    /** The demand is met within a few rows; the last ones even that out. */
    private static int[] exactly(int count, List<Integer> taken, List<Integer> left) {
        List<Integer> rows = new ArrayList<>(taken.subList(0, Math.min(count, taken.size())));
        rows.addAll(left.subList(0, count - rows.size()));
        return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static AnnotationTable withoutSides(AnnotationTable table) {
        List<AnnotatedImage> images =
                table.images().stream().map(image -> image.withSplit(null)).toList();
        return table.withImages(images);
    }

    private static List<Integer> inSeededOrder(int rows, long seed) {
        String[] keys = new String[rows];
        for (int row = 0; row < rows; row++) {
            keys[row] = Sha256.of((seed + " " + row).getBytes(StandardCharsets.UTF_8));
        }
        return IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> keys[row]))
                .toList();
    }
}
