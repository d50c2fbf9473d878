package ai.facet.train.compare;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the experiment found out about one network.
 *
 * @param failure why there is no result; empty if the network was trained and measured
 * @param cost what can be said before training; null if nothing can, as for Java code
 * @param usage time and memory of its processes
 * @param epochs done
 * @param bestEpoch whose weights were measured; 0 without a result
 * @param splitHash of the split that it was trained with
 * @param train on the training pictures, unchanged and without dropout
 * @param validation on the validation pictures
 */
public record NetworkResult(
        String name,
        String failure,
        @Nullable Cost cost,
        Usage usage,
        int epochs,
        int bestEpoch,
        String splitHash,
        List<Score> train,
        List<Score> validation) {

    /**
     * Size and cost of a network at the input size of the experiment.
     *
     * @param receptiveFieldPx side of the square that one value of the base's end sees
     */
    public record Cost(long parameters, long macs, int receptiveFieldPx) {
        private Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("parameters", parameters);
            json.put("macs", macs);
            json.put("receptiveFieldPx", receptiveFieldPx);
            return json;
        }
    }

    /**
     * Time and memory.
     *
     * @param trainSeconds of all epochs, with validation, without start and report
     * @param wallSeconds of all training processes from start to end
     * @param peakBytes largest resident memory of a training process; 0 if the system does not tell
     */
    public record Usage(double trainSeconds, double wallSeconds, long peakBytes) {
        static final Usage NONE = new Usage(0, 0, 0);

        Usage plus(double wall, long peak) {
            return new Usage(trainSeconds, wallSeconds + wall, Math.max(peakBytes, peak));
        }

        Usage trainedFor(double seconds) {
            return new Usage(seconds, wallSeconds, peakBytes);
        }

        private Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("trainSeconds", trainSeconds);
            json.put("wallSeconds", wallSeconds);
            json.put("peakBytes", peakBytes);
            return json;
        }
    }

    public NetworkResult {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }

    static NetworkResult failed(String name, String why, @Nullable Cost cost, Usage usage) {
        return new NetworkResult(name, why, cost, usage, 0, 0, "", List.of(), List.of());
    }

    /** Whether it was trained to the end and measured. */
    public boolean finished() {
        return failure.isEmpty();
    }

    static NetworkResult fromJson(JsonObject json) {
        JsonObject usage = json.object("usage");
        return new NetworkResult(
                json.string("network"),
                json.string("failure"),
                json.has("cost") ? cost(json.object("cost")) : null,
                new Usage(usage.number("trainSeconds"), usage.number("wallSeconds"), usage.integer("peakBytes")),
                json.int32("epochs"),
                json.int32("bestEpoch"),
                json.string("splitHash"),
                Score.fromJson(json.object("train")),
                Score.fromJson(json.object("validation")));
    }

    private static Cost cost(JsonObject json) {
        return new Cost(json.integer("parameters"), json.integer("macs"), json.int32("receptiveFieldPx"));
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("network", name);
        json.put("failure", failure);
        json.put("cost", cost == null ? null : cost.toJson());
        json.put("usage", usage.toJson());
        json.put("epochs", epochs);
        json.put("bestEpoch", bestEpoch);
        json.put("splitHash", splitHash);
        json.put("train", Score.toJson(train));
        json.put("validation", Score.toJson(validation));
        return json;
    }
}
