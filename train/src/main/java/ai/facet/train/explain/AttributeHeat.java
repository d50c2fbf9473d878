package ai.facet.train.explain;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.heat.HeatMap;
import ai.facet.prediction.AttributePrediction;
import ai.facet.schema.Attribute;

/**
 * One attribute's answer about one picture, and where it comes from.
 *
 * @param prediction with calibrated probabilities
 * @param explained the class that the heat speaks for
 * @param label the true class, or {@link AnnotatedImage#MISSING}
 */
record AttributeHeat(AttributePrediction prediction, int explained, int label, HeatMap heat) {
    Attribute attribute() {
        return prediction.attribute();
    }

    String explainedClass() {
        return attribute().classes().get(explained);
    }

    /** Of the explained class. */
    float explainedProbability() {
        return prediction.probabilities()[explained];
    }

    boolean labelled() {
        return label != AnnotatedImage.MISSING;
    }

    String labelClass() {
        return labelled() ? attribute().classes().get(label) : "";
    }

    boolean wrong() {
        return labelled() && label != prediction.classIndex();
    }
}
