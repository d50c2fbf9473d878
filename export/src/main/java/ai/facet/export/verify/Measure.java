package ai.facet.export.verify;

import ai.facet.export.parity.LogitDifference;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * When an artifact agrees with the reference.
 *
 * @param rule in words, for reports
 */
public record Measure(String rule, Predicate<Agreement> passes) {
    /** Binding for artifacts in float32. */
    public static final Measure LOGITS = new Measure(
            String.format(Locale.ROOT, "|a-b| <= %.0e * max(1, max|b|) for each logit", LogitDifference.TOLERANCE),
            agreement -> agreement.logits().passed());

    boolean passed(Agreement agreement) {
        return passes.test(agreement);
    }
}
