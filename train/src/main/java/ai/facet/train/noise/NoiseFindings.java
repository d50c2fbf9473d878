package ai.facet.train.noise;

import ai.facet.annotations.AnnotationTable;
import ai.facet.metrics.WilsonInterval;
import ai.facet.schema.Attribute;
import ai.facet.train.data.Duplicates.Conflict;
import java.util.ArrayList;
import java.util.List;

/**
 * All that contradicts labels.
 *
 * @param rows what networks say
 * @param attributes in schema order
 * @param conflicts rows of the table that look the same and have different labels
 */
record NoiseFindings(OutOfSample rows, List<ConfidentLearning> attributes, List<Conflict> conflicts) {

    static NoiseFindings of(OutOfSample rows, List<Conflict> conflicts) {
        List<ConfidentLearning> found = new ArrayList<>();
        for (int a = 0; a < rows.table().schema().size(); a++) {
            int attribute = a;
            int[] labels = rows.images().stream()
                    .mapToInt(image -> image.labels()[attribute])
                    .toArray();
            int classes = rows.table().schema().attributes().get(a).classCount();
            found.add(ConfidentLearning.of(classes, labels, rows.probabilities().get(a)));
        }
        return new NoiseFindings(rows, List.copyOf(found), List.copyOf(conflicts));
    }

    AnnotationTable table() {
        return rows.table();
    }

    Attribute attribute(int index) {
        return table().schema().attributes().get(index);
    }

    /**
     * Whether the network beats the most frequent class for sure, with 95 %. Where it does not, what it contradicts says
     * more about the network than about the labels.
     */
    boolean isReliable(int attribute) {
        ConfidentLearning found = attributes.get(attribute);
        return found.rows() > 0
                && WilsonInterval.of(found.right(), found.rows()).low() > found.majorityRate();
    }
}
