package ai.facet.annotations;

import ai.facet.cli.Plural;
import ai.facet.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws the sides: orders the bundles of images that belong together by a seeded hash of their content, and gives each
 * to the side that still wants its labels most (a greedy form of iterative stratification, Sechidis 2011).
 */
final class SplitAssignment {
    private final AnnotationTable table;
    private final List<ImageFingerprint> fingerprints;
    private final SplitOptions options;

    SplitAssignment(AnnotationTable table, List<ImageFingerprint> fingerprints, SplitOptions options) {
        if (fingerprints.size() != table.size()) {
            throw new IllegalArgumentException(
                    fingerprints.size() + " fingerprints for " + table.size() + " images; expected one each");
        }
        this.table = table;
        this.fingerprints = fingerprints;
        this.options = options;
    }

    DataSplit split() {
        Bundles bundles = Bundles.of(table, fingerprints, options.keepNearDuplicatesTogether());
        LabelDemand demand = new LabelDemand(table, shares());
        SplitSide[] sides = new SplitSide[table.size()];
        List<String> warnings = new ArrayList<>();
        for (List<Integer> bundle : inSeededOrder(bundles.sets())) {
            SplitSide fixed = fixedSide(bundle);
            SplitSide side = fixed != null ? fixed : demand.mostWanting(bundle);
            for (int image : bundle) {
                SplitSide own = table.images().get(image).split();
                sides[image] = own == null ? side : own;
            }
            if (fixed == null) {
                demand.satisfy(side, bundle);
            } else {
                addLeak(bundle, sides, warnings);
            }
        }
        List<SplitSide> list = List.of(sides);
        return new DataSplit(
                list, SplitFile.hash(fingerprints, list), options, summarise(warnings, cut(bundles.loose(), sides)));
    }

    /** The share of the undecided images that each side gets: nothing for one that the table fixes already. */
    private Map<SplitSide, Double> shares() {
        Map<SplitSide, Double> shares = new EnumMap<>(SplitSide.class);
        for (SplitSide side : SplitSide.values()) {
            boolean fixed = side != SplitSide.TRAIN && table.images().stream().anyMatch(image -> image.split() == side);
            shares.put(side, fixed ? 0 : options.fraction(side));
        }
        return shares;
    }

    private List<List<Integer>> inSeededOrder(List<List<Integer>> bundles) {
        record Keyed(String key, List<Integer> bundle) {}
        return bundles.stream()
                .map(bundle -> new Keyed(key(bundle), bundle))
                .sorted(Comparator.comparing(Keyed::key))
                .map(Keyed::bundle)
                .toList();
    }

    private String key(List<Integer> bundle) {
        String smallest = bundle.stream()
                .map(i -> fingerprints.get(i).contentHash())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Sha256.of((options.seed() + " " + smallest).getBytes(StandardCharsets.UTF_8));
    }

    /** Test before validation before training where rows of one bundle are fixed to several sides. */
    private @Nullable SplitSide fixedSide(List<Integer> bundle) {
        return bundle.stream()
                .map(i -> table.images().get(i).split())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private void addLeak(List<Integer> bundle, SplitSide[] sides, List<String> warnings) {
        int first = bundle.get(0);
        bundle.stream()
                .filter(i -> sides[i] != sides[first])
                .findFirst()
                .ifPresent(other -> warnings.add(twoSides(first, other, sides)));
    }

    private String twoSides(int first, int other, SplitSide[] sides) {
        return table.images().get(first).place() + " (" + sides[first].text() + ") and "
                + table.images().get(other).place() + " (" + sides[other].text() + ")";
    }

    private List<String> cut(List<Bundles.Loose> loose, SplitSide[] sides) {
        return loose.stream()
                .filter(pair -> sides[pair.first()] != sides[pair.second()])
                .map(pair -> twoSides(pair.first(), pair.second(), sides))
                .toList();
    }

    private static List<String> summarise(List<String> leaks, List<String> cut) {
        List<String> warnings = new ArrayList<>();
        if (!leaks.isEmpty()) {
            warnings.add(Plural.of(
                            leaks.size(),
                            "set of copies, near copies or groups lies",
                            "sets of copies, near copies or groups lie")
                    + " on several sides, as the annotations"
                    + " demand, so the measured accuracy is too high; the first: " + leaks.get(0));
        }
        if (!cut.isEmpty()) {
            warnings.add(Plural.of(cut.size(), "pair of near copies lies", "pairs of near copies lie")
                    + " on several sides, because too many pictures look alike"
                    + " to keep all of them together, so the measured accuracy may be too high; the first: "
                    + cut.get(0));
        }
        return warnings;
    }
}
