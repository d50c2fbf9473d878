package ai.facet.export.verify;

import ai.facet.export.parity.LogitDifference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far an artifact is from the reference on one attribute.
 *
 * @param sameClass images on which both choose the same class
 * @param images that both saw
 */
public record Agreement(String attribute, LogitDifference logits, long sameClass, long images) {
    /** One batch. */
    static Agreement of(String attribute, LogitDifference logits, float[] a, float[] b, int classes) {
        long same = 0;
        for (int row = 0; row < a.length; row += classes) {
            same += largest(a, row, classes) == largest(b, row, classes) ? 1 : 0;
        }
        return new Agreement(attribute, logits, same, a.length / classes);
    }

    private static int largest(float[] values, int from, int count) {
        int best = from;
        for (int i = from + 1; i < from + count; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best - from;
    }

    Agreement plus(Agreement more) {
        return new Agreement(attribute, logits.plus(more.logits), sameClass + more.sameClass, images + more.images);
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
        json.put("passed", passed);
        return json;
    }

    /** JSON has no infinity. */
    private static Object finite(double value) {
        return Double.isFinite(value) ? (Object) value : "not finite";
    }
}
