package ai.facet.metrics;

import ai.facet.cli.Plural;
import ai.facet.cli.UserException;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The values of {@code --min-accuracy attribute=value}: accuracies that an evaluation must reach. */
public final class AccuracyFloors {
    private final Map<String, Double> floors;

    private AccuracyFloors(Map<String, Double> floors) {
        this.floors = floors;
    }

    /**
     * Reads option values.
     *
     * @param texts {@code attribute=value}: an id or title, and a share from 0 to 1
     * @throws UserException (exit 2) for an unknown attribute or a value that is no such share
     */
    public static AccuracyFloors parse(List<String> texts, AttributeSchema schema) {
        Map<String, Double> floors = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.lastIndexOf('=');
            if (equals < 1) {
                throw wrong(text, "expected attribute=value, for instance gender=0.8");
            }
            floors.put(id(text, text.substring(0, equals).strip(), schema), share(text, text.substring(equals + 1)));
        }
        return new AccuracyFloors(floors);
    }

    /**
     * Compares.
     *
     * @throws UserException (exit 3) naming each attribute below its floor, or without labels
     */
    public void check(EvaluationReport report) {
        List<String> failures = new ArrayList<>();
        for (AttributeMetrics metrics : report.attributes()) {
            Double floor = floors.get(metrics.attribute().id());
            if (floor != null && !(metrics.accuracy() >= floor)) {
                failures.add(failure(metrics, floor));
            }
        }
        if (!failures.isEmpty()) {
            throw UserException.checkFailed(String.join("\n", failures));
        }
    }

    private static String failure(AttributeMetrics metrics, double floor) {
        String id = metrics.attribute().id();
        if (metrics.images() == 0) {
            return id + ": no image has a label, so no accuracy; expected at least " + floor;
        }
        return String.format(
                Locale.ROOT,
                "%s: accuracy %.4f on %s (95 %% interval %.4f to %.4f); expected at least %s",
                id,
                metrics.accuracy(),
                Plural.of(metrics.images(), "image"),
                metrics.interval().low(),
                metrics.interval().high(),
                floor);
    }

    private static String id(String text, String name, AttributeSchema schema) {
        return schema.attributes().stream()
                .filter(a -> a.id().equals(name) || a.title().equals(name))
                .map(Attribute::id)
                .findFirst()
                .orElseThrow(() -> wrong(
                        text,
                        "there is no attribute \"" + name + "\"; expected one of "
                                + schema.attributes().stream()
                                        .map(Attribute::id)
                                        .toList()));
    }

    private static double share(String text, String value) {
        try {
            double share = Double.parseDouble(value.strip());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, "\"" + value + "\" is no number; expected a share from 0 to 1");
        }
        throw wrong(text, value + " is out of range; expected a share from 0 to 1");
    }

    private static UserException wrong(String text, String what) {
        return UserException.badArguments("--min-accuracy " + text + ": " + what);
    }
}
