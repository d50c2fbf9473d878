package ai.facet.train.report;

import ai.facet.train.loop.EpochMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * One curve over epochs.
 *
 * @param values one per epoch, from epoch 1
 */
record Series(String name, List<Double> values) {
    Series {
        values = List.copyOf(values);
    }

    /** Training and validation loss. */
    static List<Series> losses(List<EpochMetrics> history) {
        return List.of(
                new Series(
                        "training",
                        history.stream().map(EpochMetrics::trainLoss).toList()),
                new Series(
                        "validation",
                        history.stream().map(EpochMetrics::validationLoss).toList()));
    }

    /** Balanced accuracy of each attribute. */
    static List<Series> balancedAccuracies(List<EpochMetrics> history) {
        List<Series> series = new ArrayList<>();
        for (int a = 0; a < history.get(0).attributes().size(); a++) {
            int attribute = a;
            series.add(new Series(
                    history.get(0).attributes().get(a).id(),
                    history.stream()
                            .map(e -> e.attributes().get(attribute).balancedAccuracy())
                            .toList()));
        }
        return series;
    }
}
