package ai.facet.annotations;

import ai.facet.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Divides images into parts of about equal size. Copies, near copies and groups lie in one part. */
public final class Folds {
    private Folds() {}

    /**
     * The part of each image, 0 to {@code folds - 1}; the same for the same images in whatever order.
     *
     * @param fingerprints one per image of the table
     */
    public static int[] of(AnnotationTable table, List<ImageFingerprint> fingerprints, int folds, long seed) {
        int[] sizes = new int[folds];
        int[] fold = new int[table.size()];
        List<List<Integer>> bundles = Bundles.of(table, fingerprints, true).sets().stream()
                .sorted(Comparator.comparing(bundle -> key(bundle, fingerprints, seed)))
                .toList();
        for (List<Integer> bundle : bundles) {
            int smallest = 0;
            for (int f = 1; f < folds; f++) {
                smallest = sizes[f] < sizes[smallest] ? f : smallest;
            }
            sizes[smallest] += bundle.size();
            for (int image : bundle) {
                fold[image] = smallest;
            }
        }
        return fold;
    }

    private static String key(List<Integer> bundle, List<ImageFingerprint> fingerprints, long seed) {
        String least = bundle.stream()
                .map(i -> fingerprints.get(i).contentHash())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Sha256.of((seed + " " + least).getBytes(StandardCharsets.UTF_8));
    }
}
