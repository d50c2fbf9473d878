package ai.facet.evaluation;

import ai.facet.annotations.AnnotationTable;
import ai.facet.description.ModelDescription;
import java.util.List;

/** Says so when a model is measured on the very data that it was trained on. */
public final class TrainingDataWarning {
    private TrainingDataWarning() {}

    /**
     * The warning; empty if the data are others, or nothing is known of the training. A file that was one of several, or
     * whose rows had groups or sides in training, is known again.
     */
    public static String of(ModelDescription model, AnnotationTable data) {
        boolean whole = data.hash().equals(model.provenance().get("dataHash"));
        boolean part = model.provenance().get("fileHashes") instanceof List<?> files
                && data.fileHashes().stream().anyMatch(files::contains);
        return whole || part
                ? "these are the data that the model was trained on, so the figures flatter it. Measure on other pictures,"
                        + " or on a checkpoint with --split validation"
                : "";
    }
}
