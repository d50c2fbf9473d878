package ai.facet.train.explain;

import ai.facet.cli.UserException;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which regions answer which attribute: {@code --region attribute=region+region}, else by what the attribute's id looks like.
 *
 * @param regions names of regions by attribute id; attributes without one are absent
 */
record RegionRules(Map<String, List<String>> regions) {
    /** What the id looks like, then the regions of {@code facet data synth} in which the attribute is drawn. */
    private static final List<Rule> RULES = List.of(
            new Rule("bag", List.of("bag")),
            new Rule("foot|shoe", List.of("feet")),
            new Rule("emotion", List.of("head", "arms")),
            new Rule("pose", List.of("head", "body")),
            new Rule("weight", List.of("head", "body")),
            new Rule("gender", List.of("person")),
            new Rule("^age", List.of("person")));

    private record Rule(String id, List<String> regions) {
        boolean fits(Attribute attribute) {
            return Pattern.compile(id).matcher(attribute.id()).find();
        }
    }

    RegionRules {
        regions = Map.copyOf(regions);
    }

    /**
     * The rules for a schema and the regions that a file has.
     *
     * @param asked regions with {@code +} between, by attribute id
     * @throws UserException (exit 2) for an attribute or region that is not there
     */
    static RegionRules of(AttributeSchema schema, Set<String> known, Map<String, String> asked) {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        for (Attribute attribute : schema.attributes()) {
            List<String> fitting =
                    byId(attribute).stream().filter(known::contains).toList();
            if (!fitting.isEmpty()) {
                rules.put(attribute.id(), fitting);
            }
        }
        asked.forEach((id, names) -> rules.put(id, asked(schema, known, id, names)));
        return new RegionRules(rules);
    }

    private static List<String> byId(Attribute attribute) {
        return RULES.stream()
                .filter(rule -> rule.fits(attribute))
                .findFirst()
                .map(Rule::regions)
                .orElse(List.of());
    }

    /** The attribute's regions with {@code +} between; empty if none fits. */
    String fitting(Attribute attribute) {
        return String.join("+", regions.getOrDefault(attribute.id(), List.of()));
    }

    private static List<String> asked(AttributeSchema schema, Set<String> known, String id, String names) {
        if (schema.attributes().stream().noneMatch(a -> a.id().equals(id))) {
            throw UserException.badArguments("--region " + id + "=" + names + ": no attribute \"" + id
                    + "\"; expected one of "
                    + schema.attributes().stream().map(Attribute::id).toList());
        }
        List<String> regions = List.of(names.split("\\+", -1));
        for (String region : regions) {
            if (!known.contains(region)) {
                throw UserException.badArguments("--region " + id + "=" + names + ": no region \"" + region
                        + "\" in the file; expected some of " + known + " with + between");
            }
        }
        return regions;
    }
}
