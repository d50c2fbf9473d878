package ai.facet.export.int8;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.Progress;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.description.ModelDescription;
import ai.facet.metrics.AttributeMetrics;
import ai.facet.metrics.EvaluationCollector;
import ai.facet.metrics.EvaluationReport;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.schema.Attribute;
import ai.facet.serve.inference.BatchOutput;
import ai.facet.serve.inference.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends the same pictures through the float and the int8 model. For one comparison. */
public final class Int8Evaluation {
    private final OnnxModel floats;
    private final OnnxModel integers;
    private final ModelDescription description;
    private final EvaluationCollector floatAnswers;
    private final EvaluationCollector integerAnswers;
    private final List<Pairs> pairs = new ArrayList<>();
    private final ByteBuffer pixels;
    private int pictures;

    /** One attribute's answers, counted in pairs. */
    private static final class Pairs {
        private int same;
        private int floatOnly;
        private int integerOnly;
    }

    public Int8Evaluation(OnnxModel floats, OnnxModel integers) {
        this.floats = floats;
        this.integers = integers;
        this.description = floats.description();
        this.floatAnswers = new EvaluationCollector(description.schema());
        this.integerAnswers = new EvaluationCollector(description.schema());
        description.schema().attributes().forEach(attribute -> pairs.add(new Pairs()));
        this.pixels = ByteBuffer.allocateDirect(description.preprocessing().imageBytes());
    }

    /**
     * Compares.
     *
     * @throws IOException naming a held-out picture that cannot be read
     */
    public Int8Verdict run(Int8Settings settings) throws IOException {
        AnnotationTable table = settings.heldOut();
        if (table == null) {
            int[] missing = new int[description.schema().size()];
            Arrays.fill(missing, AnnotatedImage.MISSING);
            for (byte[] picture : settings.calibration()) {
                pixels.clear().put(picture);
                compare(missing);
            }
        } else {
            each(table);
        }
        return verdict(table != null, settings.maxLoss());
    }

    private void each(AnnotationTable table) throws IOException {
        ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);
        PixelPipeline pipeline = new PixelPipeline(description.preprocessing());
        try (Progress progress = Progress.start("comparing int8 with fp32", "pictures", table.size())) {
            for (AnnotatedImage image : table.images()) {
                pipeline.apply(
                        decoder.decode(decoder.read(image.path()), image.path().toString()), image.box(), pixels, 0);
                compare(image.labels());
                progress.step();
            }
        }
    }

    private void compare(int[] labels) {
        BatchOutput inFloats = floats.run(pixels, 1);
        BatchOutput inIntegers = integers.run(pixels, 1);
        floatAnswers.add(List.of(labels), inFloats.probabilities());
        integerAnswers.add(List.of(labels), inIntegers.probabilities());
        for (int a = 0; a < pairs.size(); a++) {
            int first = largest(inFloats.logits().get(a));
            int second = largest(inIntegers.logits().get(a));
            Pairs own = pairs.get(a);
            own.same += first == second ? 1 : 0;
            own.floatOnly += first == labels[a] && second != labels[a] ? 1 : 0;
            own.integerOnly += second == labels[a] && first != labels[a] ? 1 : 0;
        }
        pictures++;
    }

    /** The place of the largest value, the first of equal ones. */
    static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private Int8Verdict verdict(boolean heldOut, double maxLoss) {
        EvaluationReport inFloats = floatAnswers.report();
        EvaluationReport inIntegers = integerAnswers.report();
        List<Int8Comparison> comparisons = new ArrayList<>();
        for (int a = 0; a < pairs.size(); a++) {
            Attribute attribute = description.schema().attributes().get(a);
            AttributeMetrics measured = inFloats.attributes().get(a);
            Pairs own = pairs.get(a);
            comparisons.add(new Int8Comparison(
                    attribute,
                    (double) own.same / pictures,
                    measured,
                    inIntegers.attributes().get(a),
                    measured.images() == 0
                            ? null
                            : PairedDifference.of(own.floatOnly, own.integerOnly, measured.images())));
        }
        return new Int8Verdict(heldOut, pictures, maxLoss, comparisons);
    }
}
