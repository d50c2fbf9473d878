package ai.facet.train.loop;

import ai.facet.description.Calibration;
import ai.facet.metrics.AttributeMetrics;
import ai.facet.metrics.EvaluationCollector;
import ai.facet.metrics.EvaluationReport;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.loop.NetworkEvaluation.Answers;
import ai.facet.train.loop.TrainingLoop.Trained;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** From a network's answers to measures. */
public final class Measurement {
    private Measurement() {}

    /** All measures of a set, without calibration. */
    public static EvaluationReport of(AttributeSchema schema, Answers answers) {
        return of(schema, answers, Collections.nCopies(schema.size(), Calibration.NONE));
    }

    /** All measures of a set, with probabilities as the calibration makes them. */
    public static EvaluationReport of(AttributeSchema schema, Answers answers, List<Calibration> calibration) {
        EvaluationCollector collector = new EvaluationCollector(schema);
        List<Double> temperatures =
                calibration.stream().map(Calibration::temperature).toList();
        collector.addLogits(Arrays.asList(answers.labels()), Arrays.asList(answers.logits()), temperatures);
        return collector.report();
    }

    /** What a model tells about its measures; attributes without a label in the set are left out. */
    public static List<Map<String, Object>> provenance(EvaluationReport report) {
        return labelled(report).stream().map(a -> entry(a).toJson()).toList();
    }

    private static List<AttributeMetrics> labelled(EvaluationReport report) {
        return report.attributes().stream().filter(a -> a.images() > 0).toList();
    }

    /** An epoch's entry in the history; attributes without a label in the set are left out. */
    public static EpochMetrics epoch(Trained trained, EvaluationReport report) {
        List<AttributeMetrics> measured = labelled(report);
        return new EpochMetrics(
                trained.epoch(),
                trained.step(),
                trained.learningRate(),
                trained.loss(),
                measured.stream().mapToDouble(a -> a.scores().logLoss()).sum(),
                trained.seconds(),
                trained.imagesPerSecond(),
                measured.stream().map(Measurement::entry).toList());
    }

    private static EpochMetrics.AttributeMetrics entry(AttributeMetrics a) {
        return new EpochMetrics.AttributeMetrics(
                a.attribute().id(),
                a.accuracy(),
                a.majorityRate(),
                a.balancedAccuracy(),
                a.macroF1(),
                a.scores().calibrationError());
    }
}
