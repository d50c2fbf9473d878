package ai.facet.train.report;

import ai.facet.files.RegularFiles;
import ai.facet.json.Json;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.EpochMetrics.AttributeMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The texts of {@code metrics.json} and {@code metrics.csv}. */
public final class MetricsFiles {
    public static final String JSON = "metrics.json";
    public static final String CSV = "metrics.csv";

    private static final String HEADER = "epoch,step,learning_rate,train_loss,validation_loss,seconds,"
            + "images_per_second,attribute,accuracy,majority,balanced_accuracy,macro_f1,calibration_error\n";

    private MetricsFiles() {}

    /** One object per epoch. */
    public static String json(List<EpochMetrics> history) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epochs", history.stream().map(EpochMetrics::toJson).toList());
        return Json.writePretty(json);
    }

    /** The epochs of a run, as {@link #json} wrote them. */
    public static List<EpochMetrics> read(Path runFolder) throws IOException {
        Path file = runFolder.resolve(JSON);
        return Json.parseObject(RegularFiles.readText(file), file.toString()).objects("epochs").stream()
                .map(EpochMetrics::fromJson)
                .toList();
    }

    /** One row per epoch and attribute. */
    public static String csv(List<EpochMetrics> history) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (EpochMetrics epoch : history) {
            for (AttributeMetrics attribute : epoch.attributes()) {
                csv.append(row(epoch, attribute));
            }
        }
        return csv.toString();
    }

    private static String row(EpochMetrics e, AttributeMetrics a) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%.6g,%.6f,%.6f,%.2f,%.1f,%s,%.6f,%.6f,%.6f,%.6f,%.6f\n",
                e.epoch(),
                e.step(),
                e.learningRate(),
                e.trainLoss(),
                e.validationLoss(),
                e.seconds(),
                e.imagesPerSecond(),
                a.id(),
                a.accuracy(),
                a.majority(),
                a.balancedAccuracy(),
                a.macroF1(),
                a.calibrationError());
    }
}
