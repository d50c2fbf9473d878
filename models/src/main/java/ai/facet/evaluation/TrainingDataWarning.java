package ai.facet.evaluation;

import ai.facet.annotations.AnnotationTable;
import ai.facet.description.ModelDescription;

/** Says so when a model is measured on the very data that it was trained on. */
public final class TrainingDataWarning {
    private TrainingDataWarning() {}

    /** The warning; empty if the data are others, or nothing is known of the training. */
    public static String of(ModelDescription model, AnnotationTable data) {
        Object trained = model.provenance().get("dataHash");
        return data.hash().equals(trained)
                ? "these are the data that the model was trained on, so the figures flatter it. Measure on other pictures,"
                        + " or on a checkpoint with --split validation"
                : "";
    }
}
