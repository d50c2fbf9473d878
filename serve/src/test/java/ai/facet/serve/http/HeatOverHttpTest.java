package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.get;
import static ai.facet.serve.http.Requests.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.facet.decode.DecodeLimits;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.schema.Attribute;
import ai.facet.serve.GoldenBundle;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceObserver;
import ai.facet.serve.inference.HeatModel;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HeatOverHttpTest {
    /** Heat is told to four places. */
    private static final double ROUNDING = 1e-4;

    @TempDir
    Path folder;

    private @Nullable OnnxModel model;
    private @Nullable HttpServer server;

    @BeforeEach
    void serveTheGoldenBundle() throws Exception {
        OnnxModel opened = OnnxModel.open(GoldenBundle.copyWithHeatTo(folder.resolve("b")), InferenceOptions.DEFAULT);
        HeatModel heat = Objects.requireNonNull(HeatModel.openBeside(opened, InferenceOptions.DEFAULT));
        PredictionService service =
                new PredictionService(opened, TestServer.LIMITS, DecodeLimits.DEFAULT, ServiceObserver.NONE, heat);
        model = opened;
        server = TestServer.start(Map.of("shapes", service), null);
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(server).close();
    }

    @Test
    void heatSpeaksForThePredictedClassOfEachAttribute() throws Exception {
        List<JsonObject> pictures = GoldenBundle.expected();
        int hot = 0;
        for (int i = 0; i < pictures.size(); i++) {
            JsonObject answer = ask(pictures.get(i).string("file"), "?explain=true");
            for (Attribute attribute : attributes()) {
                JsonObject one = answer.object(attribute.id());
                int predicted = attribute.indexOf(one.string("class"));
                assertThat(predicted).isEqualTo(largest(pictures.get(i).numbers(attribute.logitsName())));
                hot += requireHeat(one.object("heat"), GoldenBundle.heat(i, attribute.id(), predicted)) ? 1 : 0;
            }
        }
        assertThat(hot).isPositive();
    }

    /**
     * 24 x 40 px become 19 x 32 px, six columns from the left. The cells are 8 px apart on the input, the first one 10 px
     * from its first pixel: half a step for the pooling, one for the convolution without padding.
     */
    @Test
    void heatLiesInThePicturesOwnPixels() throws Exception {
        JsonObject heat =
                ask("blue-square.png", "?explain=true").object("colour").object("heat");

        double across = 19 / 24.0;
        double down = 32 / 40.0;
        assertThat(heat.int32("rows")).isEqualTo(2);
        assertThat(heat.numbers("step").get(0)).isCloseTo(8 / across, within(ROUNDING));
        assertThat(heat.numbers("step").get(1)).isCloseTo(8 / down, within(ROUNDING));
        assertThat(heat.numbers("firstCentre").get(0)).isCloseTo((10.5 - 6) / across, within(ROUNDING));
        assertThat(heat.numbers("firstCentre").get(1)).isCloseTo(10.5 / down, within(ROUNDING));
    }

    @Test
    void onlyWhoAsksGetsHeat() throws Exception {
        JsonObject plain = ask("blue-square.png", "?explain=false").object("colour");
        JsonObject all =
                ask("blue-square.png", "?explain=true&probabilities=true").object("colour");

        assertThat(plain.has("heat")).isFalse();
        assertThat(all.has("heat")).isTrue();
        assertThat(all.has("probabilities")).isTrue();
        assertThat(all.string("class")).isEqualTo(plain.string("class"));
        assertThat(all.number("probability")).isCloseTo(plain.number("probability"), within(1e-5));
    }

    @Test
    void modelsSayWhetherTheyExplain() throws Exception {
        String models = get(port(), "/models").body();

        assertThat(Json.parseObject(models, "models").objects("models").get(0).bool("explain"))
                .isTrue();
        assertThat(get(port(), "/models/shapes").body()).contains("\"explain\":true");
        assertThat(get(port(), "/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void aModelWithoutClassMapsSaysHowToGetThem() throws Exception {
        try (HttpServer without = TestServer.start(FakeModel.open())) {
            HttpResponse<String> answer =
                    post(without.port(), "/predictions/fake?explain=true", Pictures.grey(9, "png"), "image/png");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Json.parseObject(answer.body(), "error").string("message"))
                    .contains("the model gives no heat", "model.explain.onnx", "facet export --explain");
            assertThat(get(without.port(), "/models").body()).contains("\"explain\":false");
        }
    }

    @Test
    void badPicturesAreRefusedWithHeatToo() throws Exception {
        HttpResponse<String> answer =
                post(port(), "/predictions/shapes?explain=true", new byte[] {1, 2, 3}, "image/png");

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    private static boolean requireHeat(JsonObject heat, List<Double> expected) {
        double peak = expected.stream().mapToDouble(v -> v).max().orElseThrow();
        List<Double> values = heat.numbers("values");
        assertThat(values).hasSize(heat.int32("rows") * heat.int32("columns")).hasSameSizeAs(expected);
        for (int i = 0; i < values.size(); i++) {
            double wanted = peak == 0 ? 0 : expected.get(i) / peak;
            assertThat(values.get(i)).isCloseTo(wanted, within(ROUNDING));
        }
        return peak > 0;
    }

    private static int largest(List<Double> logits) {
        return IntStream.range(0, logits.size())
                .reduce((a, b) -> logits.get(b) > logits.get(a) ? b : a)
                .orElseThrow();
    }

    private List<Attribute> attributes() {
        return Objects.requireNonNull(model).description().schema().attributes();
    }

    private int port() {
        return Objects.requireNonNull(server).port();
    }

    private JsonObject ask(String file, String query) throws Exception {
        HttpResponse<String> answer =
                post(port(), "/predictions/shapes" + query, GoldenBundle.picture(file), "image/png");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body(), "answer");
    }
}
