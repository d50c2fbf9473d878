package ai.facet.train.data;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageLook;
import ai.facet.annotations.NearDuplicates;
import ai.facet.annotations.ScannedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Images that are equal or look equal, as row indices. Rows that name one file with different boxes are different
 * examples and not counted.
 *
 * @param exact sets of rows whose files have the same bytes and whose boxes are equal
 * @param near pairs of rows that look the same without being equal, most alike first
 * @param conflicts of both kinds: pairs with different labels for an attribute
 */
public record Duplicates(List<List<Integer>> exact, List<NearDuplicates.Pair> near, List<Conflict> conflicts) {
    public Duplicates {
        exact = List.copyOf(exact);
        near = List.copyOf(near);
        conflicts = List.copyOf(conflicts);
    }

    /** Two equal-looking rows that contradict each other about an attribute. */
    public record Conflict(int first, int second, int attribute, boolean exact) {}

    /** Compares all good images. */
    public static Duplicates find(AnnotationTable table, List<ScannedImage> scans) {
        Map<String, List<Integer>> byContent = new LinkedHashMap<>();
        List<Integer> rows = new ArrayList<>();
        List<ImageLook> looks = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            ImageFingerprint fingerprint = scans.get(i).fingerprint();
            if (fingerprint != null && scans.get(i).isGood()) {
                String key =
                        fingerprint.contentHash() + " " + table.images().get(i).box();
                List<Integer> equal = byContent.computeIfAbsent(key, k -> new ArrayList<>());
                equal.add(i);
                if (equal.size() == 1) {
                    rows.add(i);
                    looks.add(fingerprint.look());
                }
            }
        }
        List<List<Integer>> exact =
                byContent.values().stream().filter(set -> set.size() > 1).toList();
        List<NearDuplicates.Pair> near = NearDuplicates.pairs(looks).stream()
                .map(p -> new NearDuplicates.Pair(rows.get(p.first()), rows.get(p.second()), p.bits(), p.colour()))
                .filter(p -> !path(table, p.first()).equals(path(table, p.second())))
                .toList();
        return new Duplicates(exact, near, conflicts(table, exact, near));
    }

    private static Path path(AnnotationTable table, int row) {
        return table.images().get(row).path();
    }

    private static List<Conflict> conflicts(
            AnnotationTable table, List<List<Integer>> exact, List<NearDuplicates.Pair> near) {
        List<Conflict> conflicts = new ArrayList<>();
        for (List<Integer> set : exact) {
            set.stream().skip(1).forEach(other -> addConflicts(table, set.get(0), other, true, conflicts));
        }
        near.forEach(pair -> addConflicts(table, pair.first(), pair.second(), false, conflicts));
        return conflicts;
    }

    private static void addConflicts(
            AnnotationTable table, int first, int second, boolean exact, List<Conflict> conflicts) {
        int[] a = table.images().get(first).labels();
        int[] b = table.images().get(second).labels();
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i] && a[i] != AnnotatedImage.MISSING && b[i] != AnnotatedImage.MISSING) {
                conflicts.add(new Conflict(first, second, i, exact));
            }
        }
    }
}
