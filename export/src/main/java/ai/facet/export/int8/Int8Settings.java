package ai.facet.export.int8;

import ai.facet.annotations.AnnotationTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an int8 export is made of and judged by.
 *
 * @param calibration pixels of pictures in the network's input size, at least one
 * @param method how ranges are chosen
 * @param weightBits 8, or 7 for processors without VNNI
 * @param heldOut annotated pictures to judge by; null to judge by the calibration's pictures, without labels
 * @param maxLoss of mean balanced accuracy, and share of answers that may change
 */
public record Int8Settings(
        List<byte[]> calibration,
        RangeMethod method,
        int weightBits,
        @Nullable AnnotationTable heldOut,
        double maxLoss) {
    public Int8Settings {
        calibration = List.copyOf(calibration);
        if (calibration.isEmpty()) {
            throw new IllegalArgumentException("no pictures to calibrate with");
        }
        if (weightBits != 7 && weightBits != 8) {
            throw new IllegalArgumentException("weights of " + weightBits + " bits; expected 8 or 7");
        }
        if (!(maxLoss >= 0 && maxLoss <= 1)) {
            throw new IllegalArgumentException("largest loss " + maxLoss + "; expected 0 to 1");
        }
    }
}
