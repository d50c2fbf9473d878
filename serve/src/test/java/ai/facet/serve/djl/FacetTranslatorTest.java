package ai.facet.serve.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.facet.bundle.ModelBundle;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.serve.GoldenBundle;
import ai.facet.serve.inference.InferenceOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The golden bundle as DJL Serving loads and asks it: DJL criteria, Input, Output. */
class FacetTranslatorTest {
    private static final String CIRCLE = "red-circle.png";

    @TempDir
    static Path folder;

    private static Path bundle;
    private static ZooModel<Input, Output> model;
    private static byte[] circle;

    @BeforeAll
    static void load() throws Exception {
        bundle = GoldenBundle.copyTo(folder.resolve("person"));
        circle = GoldenBundle.picture(CIRCLE);
        model = load(bundle);
    }

    private static ZooModel<Input, Output> load(Path from)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return Criteria.builder()
                .setTypes(Input.class, Output.class)
                .optModelPath(from)
                .optModelName("model")
                .optEngine("OnnxRuntime")
                .optTranslatorFactory(new FacetTranslatorFactory())
                .build()
                .loadModel();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void answersAsOurOwnPredictorDoes() throws Exception {
        Output output = ask(part("data", circle)).get(0);

        assertThat(output.getCode()).isEqualTo(200);
        assertThat(output.getProperty("content-type", "")).isEqualTo("application/json");
        try (ai.facet.serve.inference.Predictor own =
                ai.facet.serve.inference.Predictor.open(bundle, InferenceOptions.DEFAULT)) {
            assertThat(text(output))
                    .isEqualTo(Json.write(own.predict(circle, CIRCLE, null).toJson(false)));
        }
    }

    @Test
    void everyFormOfRequestGivesTheSameAnswer() throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(circle);
        Input json = new Input();
        json.addProperty("Content-Type", "application/json");
        json.add("body", Json.write(java.util.Map.of("image", base64)));
        Input raw = new Input();
        raw.add(circle);

        List<Output> outputs =
                ask(raw, json, part("image", circle), part("file", circle), part("data", circle), part("body", circle));

        assertThat(outputs).allSatisfy(output -> assertThat(output.getCode()).isEqualTo(200));
        assertThat(outputs.stream().map(FacetTranslatorTest::text).distinct()).hasSize(1);
    }

    @Test
    void badRequestsInABatchHarmNobodyElse() throws Exception {
        Input twoForeignParts = new Input();
        twoForeignParts.add("a", circle);
        twoForeignParts.add("b", circle);
        byte[] cut = Arrays.copyOf(circle, circle.length / 2);

        List<Output> outputs = ask(
                part("data", cut),
                part("data", circle),
                twoForeignParts,
                part("data", "hello".getBytes(StandardCharsets.UTF_8)),
                part("data", "{\"picture\": 1}".getBytes(StandardCharsets.UTF_8)),
                part("data", "{\"image\": \"***\"}".getBytes(StandardCharsets.UTF_8)),
                part("data", new byte[0]),
                new Input(),
                part("data", GoldenBundle.picture("blue-square.png")));

        assertThat(outputs.stream().map(Output::getCode)).containsExactly(400, 200, 400, 400, 400, 400, 400, 400, 200);
        assertThat(outputs.get(0).getMessage()).contains("image is damaged");
        assertThat(outputs.get(2).getMessage()).contains("[a, b]").contains("expected");
        assertThat(outputs.get(4).getMessage()).contains("\"image\"");
        assertThat(outputs.get(5).getMessage()).contains("base64");
        assertThat(outputs.get(6).getMessage()).contains("empty");
        assertThat(Json.parseObject(text(outputs.get(0)), "error").keys()).containsExactly("code", "type", "message");
        assertThat(text(outputs.get(1)))
                .isEqualTo(text(ask(part("data", circle)).get(0)));
        assertThat(text(outputs.get(8)))
                .isEqualTo(text(ask(part("data", GoldenBundle.picture("blue-square.png")))
                        .get(0)));
    }

    @Test
    void aBatchOfBadRequestsIsAnswered() throws Exception {
        List<Output> outputs = ask(part("data", new byte[3]), part("data", new byte[0]));

        assertThat(outputs.stream().map(Output::getCode)).containsExactly(400, 400);
    }

    @Test
    void anErrorInOneRequestStaysThere() throws Exception {
        Input bomb = new Input() {
            @Override
            public ai.djl.util.PairList<String, ai.djl.ndarray.BytesSupplier> getContent() {
                throw new OutOfMemoryError("in a test");
            }
        };

        List<Output> outputs = ask(bomb, part("data", circle));

        assertThat(outputs.stream().map(Output::getCode)).containsExactly(500, 200);
    }

    @Test
    void aFolderWithoutDescriptionIsRefused(@TempDir Path other) throws Exception {
        Files.copy(bundle.resolve(ModelBundle.ONNX), other.resolve(ModelBundle.ONNX));

        assertThatThrownBy(() -> load(other))
                .hasRootCauseInstanceOf(TranslateException.class)
                .rootCause()
                .hasMessageContaining(ModelBundle.DESCRIPTION)
                .hasMessageContaining("missing");
    }

    @Test
    void everyAnswerHasItsAttributesInOrder() throws Exception {
        JsonObject answer = Json.parseObject(text(ask(part("data", circle)).get(0)), "answer");

        assertThat(answer.keys()).containsExactly("colour", "shape", "size");
        assertThat(answer.object("colour").keys()).containsExactly("class", "probability", "unsure");
    }

    private static List<Output> ask(Input... requests) throws TranslateException {
        try (Predictor<Input, Output> predictor = model.newPredictor()) {
            return predictor.batchPredict(List.of(requests));
        }
    }

    private static Input part(String name, byte[] content) {
        Input input = new Input();
        input.add(name, content);
        return input;
    }

    private static String text(Output output) {
        return new String(output.getData().getAsBytes(), StandardCharsets.UTF_8);
    }
}
