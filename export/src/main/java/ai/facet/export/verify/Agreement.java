package ai.facet.export.verify;

import ai.facet.export.parity.LogitDifference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far an artifact is from the reference on one attribute.
 *
 * @param sameClass images on which both choose the same class
 * @param images that both saw
 * @param storedSame drawn pictures of which the artifact chooses the class that the bundle stores
 * @param stored drawn pictures; 0 if the bundle stores none for this artifact
 */
public record Agreement(
        String attribute, LogitDifference logits, long sameClass, long images, long storedSame, long stored) {
    /** One batch. */
    static Agreement of(String attribute, LogitDifference logits, float[] a, float[] b, int classes) {
        long same = 0;
        for (int row = 0; row < a.length; row += classes) {
            same += largest(a, row, classes) == largest(b, row, classes) ? 1 : 0;
        }
        return new Agreement(attribute, logits, same, a.length / classes, 0, 0);
    }

    static int largest(float[] values, int from, int count) {
        int best = from;
        for (int i = from + 1; i < from + count; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best - from;
    }

    Agreement plus(Agreement more) {
        return new Agreement(
                attribute,
                logits.plus(more.logits),
                sameClass + more.sameClass,
                images + more.images,
                storedSame + more.storedSame,
                stored + more.stored);
    }

    /** The same with one more drawn picture. */
    Agreement withStored(boolean same) {
        return new Agreement(attribute, logits, sameClass, images, storedSame + (same ? 1 : 0), stored + 1);
    }

    Map<String, Object> toJson(boolean passed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attribute", attribute);
        json.put("artifact", logits.left());
        json.put("reference", logits.right());
        json.put("largest", finite(logits.largest()));
        json.put("mean", finite(logits.mean()));
        json.put("shareOfTolerance", finite(logits.share()));
        json.put("sameClass", sameClass);
        json.put("images", images);
        if (stored > 0) {
            json.put("storedSame", storedSame);
            json.put("stored", stored);
        }
        json.put("passed", passed);
        return json;
    }

    /** JSON has no infinity. */
    private static Object finite(double value) {
        return Double.isFinite(value) ? (Object) value : "not finite";
    }
}
