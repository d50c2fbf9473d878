package ai.facet.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The expected figures were computed with NumPy from the definitions. */
class EvaluationReportTest {
    private static final int[] LABELS = {0, 0, 0, 1, 1, 2, 2, 2, 2, 0};
    private static final float[] PROBABILITIES = {
        .7f, .2f, .1f, .6f, .3f, .1f, .2f, .5f, .3f, .1f, .8f, .1f, .4f, .35f, .25f,
        .1f, .1f, .8f, .05f, .05f, .9f, .3f, .3f, .4f, .5f, .2f, .3f, .34f, .33f, .33f
    };
    private static final Attribute AGE = Attribute.ofTitle("Age", List.of("15-25", "25-35", "<b>&\"old\"</b>"));
    private static final AttributeSchema SCHEMA =
            new AttributeSchema(List.of(AGE, Attribute.ofTitle("bag", List.of("no", "yes"))));
    private static final Offset<Double> TIGHT = within(1e-6);

    @Test
    void measuresAgreeWithTheirDefinitions() {
        AttributeMetrics age = AttributeMetrics.of(AGE, LABELS, PROBABILITIES);

        assertThat(age.accuracy()).isEqualTo(0.7);
        assertThat(age.majorityRate()).isEqualTo(0.4);
        assertThat(age.balancedAccuracy()).isCloseTo(0.666666667, TIGHT);
        assertThat(age.macroF1()).isCloseTo(0.674603175, TIGHT);
        assertThat(age.confusion().precision(0)).isCloseTo(0.6, TIGHT);
        assertThat(age.confusion().recall(0)).isCloseTo(0.75, TIGHT);
        assertThat(age.confusion().count(2, 0)).isEqualTo(1);
        assertThat(age.scores().logLoss()).isCloseTo(0.727748133, TIGHT);
        assertThat(age.scores().calibrationError()).isCloseTo(0.305999997, TIGHT);
    }

    @Test
    void wilsonIntervalsAgreeWithTheFormula() {
        assertThat(WilsonInterval.of(7, 10).low()).isCloseTo(0.396778147, TIGHT);
        assertThat(WilsonInterval.of(7, 10).high()).isCloseTo(0.892208733, TIGHT);
        assertThat(WilsonInterval.of(0, 10))
                .isEqualTo(new WilsonInterval(0, WilsonInterval.of(0, 10).high()));
        assertThat(WilsonInterval.of(81, 263).high()).isCloseTo(0.366209577, TIGHT);
    }

    @Test
    void missingLabelsDoNotCount() {
        int[] masked = LABELS.clone();
        masked[2] = -1;
        masked[4] = -1;
        masked[8] = -1;

        AttributeMetrics age = AttributeMetrics.of(AGE, masked, PROBABILITIES);

        assertThat(age.images()).isEqualTo(7);
        assertThat(age.missing()).isEqualTo(3);
        assertThat(age.accuracy()).isEqualTo(1);
    }

    @Test
    void predictedClassWithoutLabelsLowersMacroF1AsInScikitLearn() {
        ConfusionMatrix confusion = ConfusionMatrix.of(3, new int[] {0, 0, 1}, new int[] {0, 2, 1});

        assertThat(confusion.macroF1()).isCloseTo((2 / 3.0 + 1 + 0) / 3, TIGHT);
        assertThat(confusion.balancedAccuracy()).isCloseTo(0.75, TIGHT);
    }

    @Test
    void verdictNeedsTheWholeIntervalOnOneSide() {
        assertThat(binary(90, 100).verdict()).isEqualTo(AttributeMetrics.Verdict.ABOVE);
        assertThat(binary(55, 100).verdict()).isEqualTo(AttributeMetrics.Verdict.UNCLEAR);
        assertThat(binary(20, 100).verdict()).isEqualTo(AttributeMetrics.Verdict.BELOW);
    }

    @Test
    void batchesOfLogitsGiveTheSameReportAsAllProbabilities() {
        EvaluationCollector collector = new EvaluationCollector(SCHEMA);
        EvaluationReport whole = report();
        for (int start = 0; start < LABELS.length; start += 3) {
            int end = Math.min(start + 3, LABELS.length);
            collector.addLogits(
                    rows().subList(start, end),
                    List.of(logits(start, end), new float[2 * (end - start)]),
                    List.of(1.0, 1.0));
        }

        EvaluationReport batched = collector.report();

        assertThat(batched.images()).isEqualTo(10);
        assertThat(batched.attributes().get(0).scores().logLoss())
                .isCloseTo(whole.attributes().get(0).scores().logLoss(), TIGHT);
        assertThat(batched.attributes().get(0).macroF1())
                .isEqualTo(whole.attributes().get(0).macroF1());
    }

    @Test
    void aNetworkThatAnswersNaNHasNoAccuracy() {
        AttributeSchema schema = new AttributeSchema(List.of(new Attribute("bag", "Bag", List.of("no", "yes"))));
        EvaluationCollector collector = new EvaluationCollector(schema);

        assertThatThrownBy(() -> collector.addLogits(
                        List.of(new int[] {0}), List.of(new float[] {Float.NaN, Float.NaN}), List.of(1.0)))
                .isInstanceOf(NonFiniteOutputException.class)
                .hasMessageContaining("attribute bag");
    }

    @Test
    void jsonGivesEachClassItsIntervals() {
        JsonObject json = Json.parseObject(Json.writePretty(report().toJson()), "report");

        JsonObject youngest =
                json.objects("attributes").get(0).objects("classes").get(0);
        JsonObject unlabelled =
                json.objects("attributes").get(1).objects("classes").get(0);

        assertThat(youngest.number("recallLow95")).isCloseTo(0.300642, TIGHT); // 3 of 4
        assertThat(youngest.number("recallHigh95")).isCloseTo(0.954413, TIGHT);
        assertThat(youngest.number("precisionLow95")).isCloseTo(0.230724, TIGHT); // 3 of 5
        assertThat(youngest.number("precisionHigh95")).isCloseTo(0.882379, TIGHT);
        assertThat(unlabelled.raw("recallLow95")).isNull();
    }

    @Test
    void attributeWithoutLabelsIsADashForPeopleAndNullInJson() {
        String text = report().toText();
        JsonObject json = Json.parseObject(Json.writePretty(report().toJson()), "report");

        assertThat(text.lines().filter(l -> l.startsWith("bag")))
                .singleElement()
                .asString()
                .matches("bag +0( +-){8}");
        assertThat(json.objects("attributes").get(1).raw("accuracy")).isNull();
        assertThat(json.objects("attributes").get(0).number("accuracy")).isEqualTo(0.7);
        assertThat(report().toCsv()).contains("\nage,10,0,0.700000,0.396778,").endsWith("bag,0,10,,,,,,,,\n");
    }

    @Test
    void textTableIsAligned() {
        List<String> lines = report().toText().lines().toList();

        assertThat(lines.get(0)).startsWith("attribute  images  accuracy   95 % interval  majority");
        assertThat(lines.get(2)).startsWith("age            10     0.700  0.397 to 0.892     0.400");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
    }

    @Test
    void htmlEscapesClassNames() {
        assertThat(report().toHtml())
                .contains("&lt;b&gt;&amp;&quot;old&quot;&lt;/b&gt;")
                .doesNotContain("<b>&");
    }

    @Test
    void htmlTellsHitsFromMistakesAndLeavesZerosFaint() {
        String html = EvaluationReport.of(
                        SCHEMA,
                        List.of(new int[] {0, -1}, new int[] {0, -1}),
                        List.of(new float[] {1, 0, 0, 0, 1, 0}, new float[4]))
                .toHtml();

        assertThat(html)
                .contains("<td class=\"hit\" style=\"--share:50.0%\"", "<td class=\"miss\" style=\"--share:50.0%\"")
                .contains("<td class=\"zero\">\u00b7</td>")
                .contains("<td>0.500</td><td><small>0.095 to 0.905</small></td>") // recall: 1 of 2
                .contains("<td>1.000</td><td><small>0.207 to 1.000</small></td>"); // precision: 1 of 1
    }

    @Test
    void floorsNameWhatWasFoundAndExpected() {
        AccuracyFloors floors = AccuracyFloors.parse(List.of("age=0.75"), SCHEMA);

        assertThatThrownBy(() -> floors.check(report()))
                .hasMessage(
                        "age: accuracy 0.7000 on 10 images (95 % interval 0.3968 to 0.8922); expected at least 0.75")
                .extracting(e -> ((UserException) e).exitCode())
                .isEqualTo(ExitCodes.CHECK_FAILED);
        AccuracyFloors.parse(List.of("Age=0.7"), SCHEMA).check(report());
    }

    @Test
    void floorOnAnAttributeWithoutLabelsFails() {
        AccuracyFloors floors = AccuracyFloors.parse(List.of("bag=0"), SCHEMA);

        assertThatThrownBy(() -> floors.check(report())).hasMessageStartingWith("bag: no image has a label");
    }

    @Test
    void badFloorsAreBadArguments() {
        for (String bad : List.of("hat=0.5", "age", "age=80", "age=x", "age=NaN")) {
            assertThatThrownBy(() -> AccuracyFloors.parse(List.of(bad), SCHEMA))
                    .hasMessageStartingWith("--min-accuracy " + bad + ": ")
                    .extracting(e -> ((UserException) e).exitCode())
                    .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        }
    }

    private static EvaluationReport report() {
        return EvaluationReport.of(SCHEMA, rows(), List.of(PROBABILITIES, new float[20]));
    }

    private static List<int[]> rows() {
        List<int[]> rows = new ArrayList<>();
        for (int label : LABELS) {
            rows.add(new int[] {label, -1});
        }
        return rows;
    }

    private static float[] logits(int start, int end) {
        float[] logits = new float[3 * (end - start)];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(PROBABILITIES[3 * start + i]) + 5;
        }
        return logits;
    }

    /** Half of the labels are 1; so many answers are right. */
    private static AttributeMetrics binary(int right, int count) {
        int[] labels = IntStream.range(0, count).map(i -> i % 2).toArray();
        float[] probabilities = new float[2 * count];
        for (int i = 0; i < count; i++) {
            probabilities[2 * i + (i < right ? labels[i] : 1 - labels[i])] = 1;
        }
        return AttributeMetrics.of(SCHEMA.attributes().get(1), labels, probabilities);
    }
}
