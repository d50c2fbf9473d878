package ai.facet.serve.registry;

import ai.facet.description.ModelDescription;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * What a model is called in URLs.
 *
 * @param version from 1; the highest answers whoever names none
 */
public record ModelId(String name, int version) implements Comparable<ModelId> {
    /** The version of a bundle that has none of its own. */
    public static final int FIRST = 1;

    private static final Comparator<ModelId> BY_NAME_AND_VERSION =
            Comparator.comparing(ModelId::name).thenComparing(ModelId::version);
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    public ModelId {
        if (!ModelDescription.isName(name) || version < FIRST) {
            throw new IllegalArgumentException("model \"" + name + "\" version " + version
                    + "; expected letters, digits, '.', '_' and '-', first a letter or digit, and a version from 1");
        }
    }

    /** Whether a text is a version: a whole number from 1, without leading zeros. */
    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    @Override
    public int compareTo(ModelId other) {
        return BY_NAME_AND_VERSION.compare(this, other);
    }

    @Override
    public String toString() {
        return name + " version " + version;
    }
}
