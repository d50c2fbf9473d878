package ai.facet.train.runs;

import java.util.Map;

/** What {@code facet runs} shows. */
public interface RunView {
    /** For a terminal; each line ended by a line feed. */
    String toText();

    /** A JSON value. */
    Map<String, Object> toJson();

    /** A whole page. */
    String toHtml();
}
