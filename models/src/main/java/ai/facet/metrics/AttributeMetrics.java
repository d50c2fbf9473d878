package ai.facet.metrics;

import ai.facet.schema.Attribute;

/**
 * All measures of one attribute.
 *
 * @param images how many have a label
 * @param missing how many have none
 * @param interval 95 % interval of the accuracy
 */
public record AttributeMetrics(
        Attribute attribute,
        int images,
        int missing,
        ConfusionMatrix confusion,
        WilsonInterval interval,
        ProbabilityScores scores) {
    /** How accuracy stands to the majority rate. */
    public enum Verdict {
        /** The interval lies above it. */
        ABOVE("above"),
        /** The interval holds it: chance may have made the difference. */
        UNCLEAR("unclear"),
        /** The interval lies below it. */
        BELOW("below"),
        /** There are no labels. */
        NONE("-");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * Measures one attribute.
     *
     * @param labels one class per image, negative if missing
     * @param probabilities {@code [images, classes]}
     */
    public static AttributeMetrics of(Attribute attribute, int[] labels, float[] probabilities) {
        int classes = attribute.classCount();
        if (probabilities.length != labels.length * classes) {
            throw new IllegalArgumentException(attribute.id() + ": " + probabilities.length + " probabilities for "
                    + labels.length + " images and " + classes + " classes");
        }
        ConfusionMatrix confusion = ConfusionMatrix.of(classes, labels, Predictions.of(classes, probabilities));
        int images = confusion.total();
        return new AttributeMetrics(
                attribute,
                images,
                labels.length - images,
                confusion,
                WilsonInterval.of(confusion.correct(), images),
                ProbabilityScores.of(classes, labels, probabilities));
    }

    public double accuracy() {
        return confusion.accuracy();
    }

    public double majorityRate() {
        return confusion.majorityRate();
    }

    public double balancedAccuracy() {
        return confusion.balancedAccuracy();
    }

    public double macroF1() {
        return confusion.macroF1();
    }

    public Verdict verdict() {
        if (images == 0) {
            return Verdict.NONE;
        }
        if (interval.low() > majorityRate()) {
            return Verdict.ABOVE;
        }
        return interval.high() < majorityRate() ? Verdict.BELOW : Verdict.UNCLEAR;
    }
}
