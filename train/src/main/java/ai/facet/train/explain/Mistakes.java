package ai.facet.train.explain;

import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Keeps, for each attribute, the wrong answers that the network was most sure of. */
final class Mistakes implements ExplanationSink {
    private static final Comparator<Mistake> LEAST_SURE_FIRST = Comparator.comparingDouble(
                    (Mistake m) -> m.heat().prediction().probability())
            .thenComparing(m -> m.explanation().index(), Comparator.reverseOrder());

    private final int kept;
    private final Map<Attribute, PriorityQueue<Mistake>> mistakes = new LinkedHashMap<>();
    private final Map<Attribute, Tally> tallies = new LinkedHashMap<>();

    /** A wrong answer within its picture's explanation. */
    record Mistake(Explanation explanation, AttributeHeat heat) {}

    /** How many answers could be judged, and how many were wrong. */
    record Tally(int labelled, int wrong) {}

    Mistakes(int kept) {
        this.kept = kept;
    }

    @Override
    public void accept(Explanation explanation) {
        for (AttributeHeat heat : explanation.attributes()) {
            if (heat.labelled()) {
                tallies.merge(
                        heat.attribute(),
                        new Tally(1, heat.wrong() ? 1 : 0),
                        (a, b) -> new Tally(a.labelled() + b.labelled(), a.wrong() + b.wrong()));
            }
            if (heat.wrong()) {
                keep(new Mistake(explanation, heat));
            }
        }
    }

    private void keep(Mistake mistake) {
        PriorityQueue<Mistake> queue =
                mistakes.computeIfAbsent(mistake.heat().attribute(), a -> new PriorityQueue<>(LEAST_SURE_FIRST));
        queue.add(mistake);
        if (queue.size() > kept) {
            queue.remove();
        }
    }

    /** Attributes with labels, in the order of the schema. */
    Map<Attribute, Tally> tallies() {
        return tallies;
    }

    /** The surest first; of equals the one that came first. */
    List<Mistake> of(Attribute attribute) {
        List<Mistake> found = new ArrayList<>(mistakes.getOrDefault(attribute, new PriorityQueue<>(LEAST_SURE_FIRST)));
        found.sort(LEAST_SURE_FIRST.reversed());
        return found;
    }
}
