package ai.facet.train.data;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.DoubtfulClass;
import ai.facet.annotations.ScannedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was found.
 *
 * @param name of the CSV file
 * @param table the rows whose cells are good
 * @param rowProblems rows of the CSV that are not, one text each
 * @param scans one per row of the table; empty if the images were not looked at
 * @param duplicates among the good images
 */
public record Inspection(
        String name, AnnotationTable table, List<String> rowProblems, List<ScannedImage> scans, Duplicates duplicates) {
    public Inspection {
        rowProblems = List.copyOf(rowProblems);
        scans = List.copyOf(scans);
    }

    /** All bad rows with file and line, cells first. */
    public List<String> problems() {
        List<String> all = new ArrayList<>(rowProblems);
        for (ScannedImage scan : scans) {
            String problem = scan.problem();
            if (problem != null) {
                all.add(problem);
            }
        }
        return all;
    }

    /** Classes that may be typing errors. */
    public List<DoubtfulClass> doubtfulClasses() {
        return DoubtfulClass.of(table);
    }

    /** Rows without a label for an attribute. */
    public int missing(int attribute) {
        return table.size() - Arrays.stream(table.classCounts(attribute)).sum();
    }

    /** The count of the largest class over that of the smallest that occurs. */
    public double imbalance(int attribute) {
        int[] counts = Arrays.stream(table.classCounts(attribute))
                .filter(c -> c > 0)
                .sorted()
                .toArray();
        return counts.length == 0 ? Double.NaN : (double) counts[counts.length - 1] / counts[0];
    }

    /** The accuracy of always giving the most frequent class. */
    public double majorityRate(int attribute) {
        int[] counts = table.classCounts(attribute);
        return (double) Arrays.stream(counts).max().orElse(0)
                / Math.max(1, Arrays.stream(counts).sum());
    }
}
