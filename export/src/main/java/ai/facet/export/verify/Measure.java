package ai.facet.export.verify;

import ai.facet.export.parity.LogitDifference;
import java.util.Locale;

/** When an artifact agrees with the reference. */
public enum Measure {
    /** Binding for artifacts in float32. */
    LOGITS(String.format(Locale.ROOT, "|a-b| <= %.0e * max(1, max|b|) for each logit", LogitDifference.TOLERANCE)) {
        @Override
        boolean passed(Agreement agreement) {
            return agreement.logits().passed();
        }
    },
    /** Weights in 16 bits have a mantissa of 10: each is off by up to 5e-4 of itself. */
    HALF_WEIGHTS(String.format(
            Locale.ROOT, "|a-b| <= %.0e * max(1, max|b|) for each logit", LogitDifference.HALF_WEIGHTS_TOLERANCE)) {
        @Override
        boolean passed(Agreement agreement) {
            return agreement.logits().share() <= LogitDifference.HALF_WEIGHTS_TOLERANCE / LogitDifference.TOLERANCE;
        }
    },
    /** Integers differ from floats by design: what counts is that they answer here as where they were made. */
    INT8("the classes of the bundle's own drawn pictures are those that int8.json stores") {
        @Override
        boolean passed(Agreement agreement) {
            return agreement.storedSame() == agreement.stored();
        }

        @Override
        String failure(Agreement agreement) {
            return String.format(
                    Locale.ROOT,
                    "%s gives %d of %d drawn pictures another class of %s than where it was made: this processor's"
                            + " integer arithmetic differs; export with --int8-weight-bits 7 for it",
                    agreement.logits().left(),
                    agreement.stored() - agreement.storedSame(),
                    agreement.stored(),
                    agreement.attribute());
        }
    };

    private final String rule;

    Measure(String rule) {
        this.rule = rule;
    }

    /** In words, for reports. */
    public String rule() {
        return rule;
    }

    abstract boolean passed(Agreement agreement);

    /** One line about an agreement that did not pass. */
    String failure(Agreement agreement) {
        LogitDifference logits = agreement.logits();
        return String.format(
                Locale.ROOT,
                "%s and %s differ by %.2e on %s, the same class for %d of %d images; expected %s",
                logits.left(),
                logits.right(),
                logits.largest(),
                agreement.attribute(),
                agreement.sameClass(),
                agreement.images(),
                rule);
    }
}
