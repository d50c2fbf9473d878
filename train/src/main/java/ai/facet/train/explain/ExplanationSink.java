package ai.facet.train.explain;

import java.io.IOException;

/** Takes explanations one after another, in the order of the data. */
@FunctionalInterface
interface ExplanationSink {
    void accept(Explanation explanation) throws IOException;
}
