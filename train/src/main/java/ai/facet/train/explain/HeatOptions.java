package ai.facet.train.explain;

import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.network.MapPlace;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The options of {@code facet explain} that say which heat is computed. */
final class HeatOptions {
    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "grad-cam",
            description = "grad-cam or grad-cam++. Default: ${DEFAULT-VALUE}.")
    String method = "grad-cam";

    @Option(
            names = "--layer",
            paramLabel = "PLACE",
            defaultValue = MapPlace.TOWER,
            description = "Whose maps are weighed: tower (each attribute's last maps) or a stage of the base; facet"
                    + " networks NAME lists them. Default: ${DEFAULT-VALUE}.")
    String layer = MapPlace.TOWER;

    @Option(
            names = "--target",
            paramLabel = "WHICH",
            defaultValue = "predicted",
            description = "Explain the predicted class or, where there is one, the label. Default: ${DEFAULT-VALUE}.")
    String target = "predicted";

    @Option(
            names = "--class",
            paramLabel = "ATTRIBUTE=CLASS",
            description = "Explain this class instead, for instance gender=male. Repeatable.")
    Map<String, String> classes = Map.of();

    @Option(
            names = "--attributes",
            paramLabel = "ID",
            split = ",",
            description = "Attributes to explain, with commas between. Default: all.")
    List<String> attributes = List.of();

    /** Made by Picocli. */
    HeatOptions() {}

    /**
     * Fails at once for what needs no checkpoint to be judged.
     *
     * @throws UserException (exit 2)
     */
    void check() {
        HeatMethod.of(method);
    }

    /**
     * Positions of the attributes asked for, in the order of the schema.
     *
     * @throws UserException (exit 2) for an unknown one
     */
    int[] attributes(AttributeSchema schema) {
        List<String> known = schema.attributes().stream().map(Attribute::id).toList();
        for (String id : attributes) {
            if (!known.contains(id)) {
                throw UserException.badArguments(
                        "--attributes: no attribute \"" + id + "\"; expected some of " + known);
            }
        }
        return IntStream.range(0, known.size())
                .filter(i -> attributes.isEmpty() || attributes.contains(known.get(i)))
                .toArray();
    }

    /**
     * What computes the heat.
     *
     * @throws UserException (exit 2) for a place, attribute or class that is not there
     */
    Explainer explainer(ExplainedNetwork network) {
        ModelDescription description = network.description();
        return new Explainer(
                description,
                network.ofStages(),
                network.place("--layer", layer),
                HeatMethod.of(method),
                ClassChoice.of(target, classes, description.schema()),
                network.manager());
    }

    /** What was asked for, for people. */
    Map<String, String> facts(ModelDescription description) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("network", description.network().name());
        facts.put("method", method);
        facts.put("maps of", layer);
        facts.put("heat for", classes.isEmpty() ? target : target + ", " + classes);
        return facts;
    }
}
