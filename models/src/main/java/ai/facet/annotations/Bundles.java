package ai.facet.annotations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Binds images that must stay on one side of a split: copies, groups, near duplicates. */
final class Bundles {
    /** Near duplicates never bind more than this share of the images ... */
    private static final double MAX_BOUND_SHARE = 0.01;
    /** ... or this many, where the share is less. */
    private static final int MAX_BOUND_FLOOR = 10;

    private Bundles() {}

    /** Disjoint lists of ascending indices that cover the table. */
    static List<List<Integer>> of(
            AnnotationTable table, List<ImageFingerprint> fingerprints, boolean bindNearDuplicates) {
        Groups groups = new Groups(table.size());
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            joinFirst(groups, firsts, "content " + fingerprints.get(i).contentHash(), i);
            String group = table.images().get(i).group();
            if (group != null) {
                joinFirst(groups, firsts, "group " + group, i);
            }
        }
        if (bindNearDuplicates) {
            joinNearDuplicates(groups, fingerprints);
        }
        return groups.sets();
    }

    private static void joinFirst(Groups groups, Map<String, Integer> firsts, String key, int image) {
        Integer first = firsts.putIfAbsent(key, image);
        if (first != null) {
            groups.join(first, image);
        }
    }

    /** The most alike first, so that the limit cuts chains at their weakest links. */
    private static void joinNearDuplicates(Groups groups, List<ImageFingerprint> fingerprints) {
        int limit = Math.max(MAX_BOUND_FLOOR, (int) (MAX_BOUND_SHARE * fingerprints.size()));
        List<ImageLook> looks =
                fingerprints.stream().map(ImageFingerprint::look).toList();
        for (NearDuplicates.Pair pair : NearDuplicates.pairs(looks)) {
            if (groups.sizeOf(pair.first()) + groups.sizeOf(pair.second()) <= limit) {
                groups.join(pair.first(), pair.second());
            }
        }
    }
}
