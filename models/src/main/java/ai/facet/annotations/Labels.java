package ai.facet.annotations;

import java.util.List;

/** Labels in messages: long ones and long lists are cut. */
final class Labels {
    private static final int MAX_LENGTH = 60;
    private static final int MAX_LISTED = 15;

    private Labels() {}

    static String abbreviate(String label) {
        return label.length() <= MAX_LENGTH ? label : label.substring(0, MAX_LENGTH - 3) + "...";
    }

    static String list(List<String> classes) {
        String shown = String.join(", ", classes.subList(0, Math.min(MAX_LISTED, classes.size())));
        int hidden = classes.size() - MAX_LISTED;
        return "[" + shown + (hidden > 0 ? ", ... " + hidden + " more" : "") + "]";
    }
}
