package ai.facet.export.parity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far two roads are apart on one output, over all images of the check.
 *
 * @param output the logits' name
 * @param left the road that is judged
 * @param right the road that it is compared with
 * @param largest the largest absolute difference
 * @param mean the mean absolute difference
 * @param share the largest difference as a share of what is allowed; above 1 the check fails
 * @param values how many logits were compared
 */
public record LogitDifference(
        String output, String left, String right, double largest, double mean, double share, long values) {
    /** {@code |a - b| <= 1e-4 * max(1, max|b|)}: binding for fp32 artifacts. */
    public static final double TOLERANCE = 1e-4;

    /** For artifacts with weights in 16 bits, each of which is off by up to 5e-4 of itself. */
    public static final double HALF_WEIGHTS_TOLERANCE = 1e-2;

    /** One batch of logits from two roads. */
    public static LogitDifference of(String output, String left, float[] a, String right, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(output + ": " + left + " gives " + a.length + " values, " + right
                    + " gives " + b.length + "; expected the same shape");
        }
        double sum = 0;
        double largest = 0;
        double magnitude = 1;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs((double) a[i] - b[i]);
            // NaN compares false with everything: an output that is no number is infinitely far away
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            sum += difference;
            magnitude = Math.max(magnitude, Math.abs((double) b[i]));
        }
        double share = largest / (TOLERANCE * magnitude);
        return new LogitDifference(output, left, right, largest, sum / Math.max(1, a.length), share, a.length);
    }

    /** Both together. */
    public LogitDifference plus(LogitDifference more) {
        long total = values + more.values;
        return new LogitDifference(
                output,
                left,
                right,
                Math.max(largest, more.largest),
                (mean * values + more.mean * more.values) / total,
                Math.max(share, more.share),
                total);
    }

    public boolean passed() {
        return share <= 1;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("output", output);
        json.put("left", left);
        json.put("right", right);
        json.put("largest", largest);
        json.put("mean", mean);
        json.put("shareOfTolerance", share);
        json.put("values", values);
        return json;
    }
}
