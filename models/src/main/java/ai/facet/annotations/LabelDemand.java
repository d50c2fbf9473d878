package ai.facet.annotations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many more images of each class each side wants. Images count as a class of their own, so that sizes come out
 * right too.
 */
final class LabelDemand {
    private final AnnotationTable table;
    private final Map<SplitSide, double[]> wanted = new EnumMap<>(SplitSide.class);
    private final Map<SplitSide, double[]> open = new EnumMap<>(SplitSide.class);
    private final int slots;

    LabelDemand(AnnotationTable table, Map<SplitSide, Double> shares) {
        this.table = table;
        this.slots = table.schema().totalClasses() + 1;
        double[] totals = new double[slots];
        for (int i = 0; i < table.size(); i++) {
            if (table.images().get(i).split() == null) {
                slotsOf(i).forEach(slot -> totals[slot]++);
            }
        }
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.forEach((side, share) -> {
            double[] amounts = new double[slots];
            for (int slot = 0; slot < slots; slot++) {
                amounts[slot] = totals[slot] * share / sum;
            }
            wanted.put(side, amounts);
            open.put(side, amounts.clone());
        });
    }

    /** The side whose open wishes for these images are the largest part of what it wanted. */
    SplitSide mostWanting(List<Integer> bundle) {
        return open.keySet().stream()
                .filter(side -> wanted(side)[slots - 1] > 0)
                .max(Comparator.comparingDouble((SplitSide side) -> wish(side, bundle))
                        .thenComparing(Comparator.<SplitSide>naturalOrder().reversed()))
                .orElse(SplitSide.TRAIN);
    }

    void satisfy(SplitSide side, List<Integer> bundle) {
        double[] left = open(side);
        bundle.forEach(image -> slotsOf(image).forEach(slot -> left[slot]--));
    }

    /** Slots of rare classes weigh as much as those of common ones; the slot of images as much as all attributes. */
    private double wish(SplitSide side, List<Integer> bundle) {
        double wish = 0;
        for (int image : bundle) {
            for (int slot : slotsOf(image)) {
                double weight = slot == slots - 1 ? table.schema().size() : 1;
                wish += weight * open(side)[slot] / wanted(side)[slot];
            }
        }
        return wish;
    }

    private double[] wanted(SplitSide side) {
        return Objects.requireNonNull(wanted.get(side));
    }

    private double[] open(SplitSide side) {
        return Objects.requireNonNull(open.get(side));
    }

    private List<Integer> slotsOf(int image) {
        List<Integer> found = new ArrayList<>();
        int offset = 0;
        int[] labels = table.images().get(image).labels();
        for (int a = 0; a < labels.length; a++) {
            if (labels[a] != AnnotatedImage.MISSING) {
                found.add(offset + labels[a]);
            }
            offset += table.schema().attributes().get(a).classCount();
        }
        found.add(slots - 1);
        return found;
    }
}
