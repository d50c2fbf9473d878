package ai.facet.serve.predict;

import ai.facet.json.Json;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Prediction;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes answers as lines for people or as JSON lines for machines. */
final class PredictionPrinter {
    private static final int BAR = 20;

    private final boolean json;
    private final boolean allProbabilities;
    private final int idWidth;
    private final int classWidth;

    PredictionPrinter(AttributeSchema schema, boolean json, boolean allProbabilities) {
        this.json = json;
        this.allProbabilities = allProbabilities;
        this.idWidth = schema.attributes().stream()
                .mapToInt(a -> a.id().length())
                .max()
                .orElse(1);
        this.classWidth = schema.attributes().stream()
                .flatMap(a -> a.classes().stream())
                .mapToInt(String::length)
                .max()
                .orElse(1);
    }

    /** One picture's text, ending with a line feed. */
    String print(Path file, Prediction prediction) {
        return json ? jsonLine(file, prediction) : table(file, prediction);
    }

    /** What stands in the place of an answer: nothing for people, who read it elsewhere. */
    String printFailure(Path file, String message) {
        if (!json) {
            return "";
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("image", file.toString());
        line.put("error", message);
        return Json.write(line) + "\n";
    }

    private String jsonLine(Path file, Prediction prediction) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("image", file.toString());
        line.put("attributes", prediction.toJson(allProbabilities));
        return Json.write(line) + "\n";
    }

    private String table(Path file, Prediction prediction) {
        StringBuilder text = new StringBuilder(file.toString()).append('\n');
        for (AttributePrediction answer : prediction.attributes()) {
            row(text, answer.attribute().id(), answer.className(), answer.probability(), answer.unsure());
            if (allProbabilities) {
                others(text, answer);
            }
        }
        return text.toString();
    }

    private void others(StringBuilder text, AttributePrediction answer) {
        Attribute attribute = answer.attribute();
        for (int i = 0; i < attribute.classCount(); i++) {
            if (i != answer.classIndex()) {
                row(text, "", attribute.classes().get(i), answer.probabilities()[i], false);
            }
        }
    }

    private void row(StringBuilder text, String id, String className, float probability, boolean unsure) {
        String bar = "█".repeat(Math.round(probability * BAR));
        text.append(String.format(
                Locale.ROOT,
                "  %-" + idWidth + "s  %-" + classWidth + "s  %5.1f %%  %s%s%n",
                id,
                className,
                probability * 100,
                bar,
                unsure ? "  unsure" : ""));
    }
}
