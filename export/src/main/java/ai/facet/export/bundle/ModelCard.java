package ai.facet.export.bundle;

import ai.facet.description.ModelDescription;
import ai.facet.export.graph.GraphSummary;
import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code MODEL_CARD.md}: what the model answers, how good it is, and what it must not be used for. */
final class ModelCard {
    private static final String LIMITS = """

            ## Limits, plainly

            - Labels of people such as emotion, gender, age and weight are annotators' impressions, not facts about the
              persons. A model repeats those impressions, with their errors and biases.
            - Law restricts emotion inference and biometric categorisation in some places and uses (for example the EU's
              AI Act). Check before use.
            - Not for decisions about a person.
            - One class per attribute is always chosen. A picture without what the model was trained on gets an answer too;
              `unsure` marks answers below a threshold where one was chosen.
            - A probability is only as good as its calibration on data like yours. Measure on your own pictures:
              `facet evaluate`.
            - Checksums detect damage, not malice.

            ## Files

            `model.onnx` and `model.pt` compute the same: input `image`, uint8 `[N, height, width, 3]`, RGB, prepared as
            `model.json` says; outputs per attribute `<id>` (probabilities) and `<id>_logits`, float32 `[N, classes]`.
            `parity.json` shows how closely they agree with the trained network; `sha256sum -c SHA256SUMS` checks the files.
            """;

    private static final String EXPLAIN = """

            `model.explain.onnx` computes the same once more, with an output `<id>_cam` for each attribute: float32
            `[N, classes, rows, columns]`, how much each place of the picture speaks for each class. Where the cells lie stands
            in its metadata, `facet.class-maps`. Heat in the right place does not prove that the network uses what is there.
            """;

    private static final String HALF = """

            `model.fp16.onnx` holds the weights in 16 bits and computes in 32: half the size, as fast, and nearly the same
            logits (`parity.json`, `fp16`).
            """;

    private static final String INT8 = """

            `model.int8.onnx` computes in 8-bit integers: smaller, faster on processors with instructions for it, and not quite
            the same. `int8.json` says how it was calibrated and compares its answers with those of `model.onnx`. Integer
            kernels differ between processors: measure on the one that it will run on, `facet evaluate --model
            model.int8.onnx`. On processors without VNNI weights of 7 bits are safer (`--int8-weight-bits 7`).
            """;

    private ModelCard() {}

    /**
     * The text.
     *
     * @param options what else lies in the bundle
     */
    static String text(ModelDescription description, GraphSummary size, BundleOptions options) {
        StringBuilder card = new StringBuilder("# Model card: " + description.name() + "\n\n");
        card.append("Answers ").append(description.schema().size()).append(" questions about one picture of ");
        card.append(description.preprocessing().widthPx())
                .append("x")
                .append(description.preprocessing().heightPx());
        card.append(" px (").append(size.toText()).append(").\n\n");
        card.append("Licence of the weights: ")
                .append(cell(description.licence()))
                .append("\n\n");
        card.append("## Answers\n\n| attribute | classes | temperature | unsure below |\n|---|---|---|---|\n");
        for (int i = 0; i < description.schema().size(); i++) {
            Attribute attribute = description.schema().attributes().get(i);
            card.append("| ").append(cell(attribute.title()));
            card.append(" (`").append(attribute.id()).append("`) | ");
            card.append(cell(String.join(", ", attribute.classes()))).append(" | ");
            card.append(shown(description.calibration().get(i).temperature())).append(" | ");
            double unsureBelow = description.calibration().get(i).unsureBelow();
            card.append(unsureBelow == 0 ? "never" : shown(unsureBelow)).append(" |\n");
        }
        card.append("\n## Training\n\n");
        if (description.provenance().isEmpty()) {
            card.append("Nothing is known about the training: the checkpoint does not say.\n");
        }
        list(card, description.provenance(), "");
        return card.append(LIMITS)
                .append(options.explain() ? EXPLAIN : "")
                .append(options.halfWeights() ? HALF : "")
                .append(options.int8() != null ? INT8 : "")
                .toString();
    }

    /** What the checkpoint says about the training, as nested bullets: its keys are free. */
    private static void list(StringBuilder card, Map<?, ?> values, String indent) {
        values.forEach((key, value) -> {
            card.append(indent).append("- ").append(cell(String.valueOf(key))).append(":");
            if (value instanceof Collection<?> rows
                    && !rows.isEmpty()
                    && rows.stream().allMatch(Map.class::isInstance)) {
                card.append("\n");
                rows.forEach(row -> card.append(indent)
                        .append("  - ")
                        .append(cell(oneLine((Map<?, ?>) row)))
                        .append("\n"));
            } else if (value instanceof Map<?, ?> inner) {
                card.append("\n");
                list(card, inner, indent + "  ");
            } else {
                card.append(" ").append(cell(shown(value))).append("\n");
            }
        });
    }

    /** {@code gender: accuracy 0.954, majority 0.562, ...}; an entry {@code id} names the line. */
    private static String oneLine(Map<?, ?> row) {
        List<String> parts = new ArrayList<>();
        row.forEach((key, value) -> {
            if (!key.equals("id")) {
                parts.add(key + " " + shown(value));
            }
        });
        return (row.containsKey("id") ? row.get("id") + ": " : "") + String.join(", ", parts);
    }

    private static String shown(Object value) {
        if (value instanceof Double number && number != Math.rint(number) && Math.abs(number) > 1e-3) {
            return String.format(Locale.ROOT, "%.4g", number);
        }
        return value instanceof Collection<?> items
                ? String.join(", ", items.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    /** Text from files, made harmless in Markdown tables and HTML. */
    private static String cell(String text) {
        return text.replaceAll("[\\r\\n]+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|");
    }
}
