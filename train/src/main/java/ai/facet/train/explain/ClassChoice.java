package ai.facet.train.explain;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.cli.UserException;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which class of each attribute is explained.
 *
 * @param labelled the label where there is one, instead of the predicted class
 * @param fixed class by attribute id, whatever is predicted or labelled
 */
record ClassChoice(boolean labelled, Map<String, Integer> fixed) {
    ClassChoice {
        fixed = Map.copyOf(fixed);
    }

    /**
     * From the options {@code --target} and {@code --class}.
     *
     * @throws UserException (exit 2) for an unknown target, attribute or class
     */
    static ClassChoice of(String target, Map<String, String> classes, AttributeSchema schema) {
        if (!target.equals("predicted") && !target.equals("label")) {
            throw UserException.badArguments("--target is \"" + target + "\"; expected predicted or label");
        }
        Map<String, Integer> fixed = new LinkedHashMap<>();
        classes.forEach((id, className) -> fixed.put(id, index(schema, id, className)));
        return new ClassChoice(target.equals("label"), fixed);
    }

    private static int index(AttributeSchema schema, String id, String className) {
        try {
            Attribute attribute = schema.byId(id);
            int index = attribute.indexOf(className);
            if (index < 0) {
                throw UserException.badArguments("--class " + id + "=" + className + ": " + id
                        + " has no such class; expected one of " + attribute.classes());
            }
            return index;
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments("--class " + id + "=" + className + ": " + e.getMessage());
        }
    }

    int explained(Attribute attribute, int predicted, int label) {
        Integer chosen = fixed.get(attribute.id());
        if (chosen != null) {
            return chosen;
        }
        return labelled && label != AnnotatedImage.MISSING ? label : predicted;
    }
}
