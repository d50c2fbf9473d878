package ai.facet.train.loop;

import ai.facet.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands between two steps; with the weights and the optimizer's tensors it is all that a run needs to go
 * on. Engine thread only.
 */
public final class TrainingState {
    private int epoch; // finished epochs
    private int batch; // finished batches of the current epoch
    private long step; // finished steps
    private double lossSum; // over the finished batches of the current epoch
    private double seconds; // spent on the current epoch
    private final List<EpochMetrics> history = new ArrayList<>();

    /** The start of a run. */
    public TrainingState() {}

    public static TrainingState fromJson(JsonObject json) {
        TrainingState state = new TrainingState();
        state.epoch = json.int32("epoch");
        state.batch = json.int32("batch");
        state.step = json.integer("step");
        state.lossSum = json.number("lossSum");
        state.seconds = json.number("seconds");
        json.objects("history").forEach(h -> state.history.add(EpochMetrics.fromJson(h)));
        return state;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", epoch);
        json.put("batch", batch);
        json.put("step", step);
        json.put("lossSum", lossSum);
        json.put("seconds", seconds);
        json.put("history", history.stream().map(EpochMetrics::toJson).toList());
        return json;
    }

    void stepDone() {
        batch++;
        step++;
    }

    void measured(double newLossSum, double newSeconds) {
        lossSum = newLossSum;
        seconds = newSeconds;
    }

    void epochDone(EpochMetrics metrics) {
        history.add(metrics);
        epoch++;
        batch = 0;
        lossSum = 0;
        seconds = 0;
    }

    /** Finished epochs. */
    public int epoch() {
        return epoch;
    }

    /** Finished batches of the current epoch. */
    public int batch() {
        return batch;
    }

    /** Finished steps of the whole run. */
    public long step() {
        return step;
    }

    double lossSum() {
        return lossSum;
    }

    double seconds() {
        return seconds;
    }

    public List<EpochMetrics> history() {
        return Collections.unmodifiableList(history);
    }

    /** The score of every finished epoch. */
    public List<Double> scores() {
        return history.stream().map(EpochMetrics::score).toList();
    }

    /** The epoch with the highest score, the first of equals; null before the first epoch ends. */
    public @Nullable EpochMetrics best() {
        return EpochMetrics.best(history);
    }

    /** Epochs since the best one. */
    int epochsWithoutProgress() {
        EpochMetrics best = best();
        return best == null ? 0 : epoch - best.epoch();
    }
}
