package ai.facet.train.config;

import ai.facet.json.JsonObject;
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.optimize.ScheduleTiming;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How gradients change the weights.
 *
 * @param learningRate the schedule's peak
 * @param momentum of {@link Kind#SGD}
 * @param clipNorm largest norm of all gradients together; 0 for no limit
 * @param emaDecay of the exponential moving average of the weights, per step; 0 for none
 * @param timing of the schedules that react to epochs
 */
public record OptimizerConfig(
        Kind kind,
        LearningRateSchedule.Kind schedule,
        double learningRate,
        double weightDecay,
        double momentum,
        double clipNorm,
        double emaDecay,
        ScheduleTiming timing) {

    /** With the usual timing. */
    public OptimizerConfig(
            Kind kind,
            LearningRateSchedule.Kind schedule,
            double learningRate,
            double weightDecay,
            double momentum,
            double clipNorm,
            double emaDecay) {
        this(kind, schedule, learningRate, weightDecay, momentum, clipNorm, emaDecay, ScheduleTiming.DEFAULT);
    }

    /** Without averaging. */
    public OptimizerConfig(
            Kind kind,
            LearningRateSchedule.Kind schedule,
            double learningRate,
            double weightDecay,
            double momentum,
            double clipNorm) {
        this(kind, schedule, learningRate, weightDecay, momentum, clipNorm, 0);
    }

    /** Update rules on offer. */
    public enum Kind {
        SGD,
        ADAMW;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OptimizerConfig {
        Ranges.inRange("--learning-rate", learningRate, Double.MIN_VALUE, 1e6);
        Ranges.inRange("--weight-decay", weightDecay, 0, 1e6);
        Ranges.inRange("--momentum", momentum, 0, 0.9999);
        Ranges.inRange("--clip-norm", clipNorm, 0, 1e9);
        Ranges.inRange("--ema", emaDecay, 0, 0.999999);
    }

    static OptimizerConfig fromJson(JsonObject json) {
        return new OptimizerConfig(
                Kind.valueOf(json.string("kind").toUpperCase(Locale.ROOT)),
                LearningRateSchedule.Kind.ofId(json.string("schedule")),
                json.number("learningRate"),
                json.number("weightDecay"),
                json.number("momentum"),
                json.number("clipNorm"),
                json.has("emaDecay") ? json.number("emaDecay") : 0,
                json.has("halvingEpochs")
                        ? new ScheduleTiming(
                                json.int32("halvingEpochs"),
                                json.number("plateauFactor"),
                                json.int32("plateauPatience"))
                        : ScheduleTiming.DEFAULT);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind.id());
        json.put("schedule", schedule.id());
        json.put("learningRate", learningRate);
        json.put("weightDecay", weightDecay);
        json.put("momentum", momentum);
        json.put("clipNorm", clipNorm);
        if (emaDecay > 0) {
            json.put("emaDecay", emaDecay);
        }
        if (!timing.equals(ScheduleTiming.DEFAULT)) {
            json.put("halvingEpochs", timing.halvingEpochs());
            json.put("plateauFactor", timing.plateauFactor());
            json.put("plateauPatience", timing.plateauPatience());
        }
        return json;
    }
}
