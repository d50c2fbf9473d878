package ai.facet.annotations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Images that must stay on one side of a split: copies, groups, near duplicates.
 *
 * @param sets disjoint lists of ascending indices that cover the table
 * @param loose pairs of near duplicates that are not bound, because too many look alike in a chain
 */
record Bundles(List<List<Integer>> sets, List<Loose> loose) {
    /** Near duplicates never bind more than this share of the different images ... */
    private static final double MAX_BOUND_SHARE = 0.01;
    /** ... or this many, where the share is less. */
    private static final int MAX_BOUND_FLOOR = 10;

    /** Two indices into the table. */
    record Loose(int first, int second) {}

    /** The same bundles whatever the order of rows. */
    static Bundles of(AnnotationTable table, List<ImageFingerprint> fingerprints, boolean bindNearDuplicates) {
        Groups groups = new Groups(table.size());
        Map<String, Integer> firstOfGroup = new HashMap<>();
        Map<String, Integer> firstOfContent = new TreeMap<>();
        for (int i = 0; i < table.size(); i++) {
            joinFirst(groups, firstOfContent, fingerprints.get(i).contentHash(), i);
            String group = table.images().get(i).group();
            if (group != null) {
                joinFirst(groups, firstOfGroup, group, i);
            }
        }
        List<Loose> loose = bindNearDuplicates
                ? joinNearDuplicates(groups, List.copyOf(firstOfContent.values()), fingerprints)
                : List.of();
        return new Bundles(groups.sets(), loose);
    }

    private static void joinFirst(Groups groups, Map<String, Integer> firsts, String key, int image) {
        Integer first = firsts.putIfAbsent(key, image);
        if (first != null) {
            groups.join(first, image);
        }
    }

    /**
     * The most alike first, so that the limit cuts chains at their weakest links.
     *
     * @param different one image of each content, ordered by content
     * @return what the limit cut
     */
    private static List<Loose> joinNearDuplicates(
            Groups groups, List<Integer> different, List<ImageFingerprint> fingerprints) {
        int limit = Math.max(MAX_BOUND_FLOOR, (int) (MAX_BOUND_SHARE * different.size()));
        List<ImageLook> looks =
                different.stream().map(i -> fingerprints.get(i).look()).toList();
        Groups alike = new Groups(different.size());
        List<Loose> loose = new ArrayList<>();
        for (NearDuplicates.Pair pair : NearDuplicates.pairs(looks)) {
            boolean together = alike.root(pair.first()) == alike.root(pair.second());
            if (together || alike.sizeOf(pair.first()) + alike.sizeOf(pair.second()) <= limit) {
                alike.join(pair.first(), pair.second());
                groups.join(different.get(pair.first()), different.get(pair.second()));
            } else {
                loose.add(new Loose(different.get(pair.first()), different.get(pair.second())));
            }
        }
        return loose;
    }
}
