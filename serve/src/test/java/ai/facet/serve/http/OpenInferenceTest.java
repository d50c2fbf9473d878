package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.get;
import static ai.facet.serve.http.Requests.postJson;
import static ai.facet.serve.http.Requests.request;
import static ai.facet.serve.http.Requests.send;
import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.serve.batch.ServiceLimits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Written from the protocol's specification: github.com/kserve/open-inference-protocol, inference_rest.md. */
@Timeout(60)
class OpenInferenceTest {
    private static final String INFER = "/v2/models/fake/infer";
    private static final String DARK = base64(Pictures.grey(5, "png"));
    private static final String BRIGHT = base64(Pictures.grey(250, "png"));

    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(FakeModel.open());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void serverMetadata() throws Exception {
        JsonObject metadata = json(get(server.port(), "/v2"));

        assertThat(metadata.keys()).containsExactly("name", "version", "extensions");
        assertThat(metadata.string("name")).isEqualTo("facet");
        assertThat(metadata.strings("extensions")).isEmpty();
    }

    @Test
    void health() throws Exception {
        assertThat(json(get(server.port(), "/v2/health/live")).bool("live")).isTrue();
        JsonObject ready = json(get(server.port(), "/v2/health/ready"));
        assertThat(ready.bool("live")).isTrue();
        assertThat(ready.bool("ready")).isTrue();
        for (String path : List.of("/v2/models/fake/ready", "/v2/models/fake/versions/1/ready")) {
            JsonObject model = json(get(server.port(), path));
            assertThat(model.string("name")).isEqualTo("fake");
            assertThat(model.bool("ready")).isTrue();
        }
    }

    @Test
    void aDeadModelIsNotReadyButTheServerLives() throws Exception {
        server.models().find("fake", null).service().close();

        HttpResponse<String> ready = get(server.port(), "/v2/health/ready");
        HttpResponse<String> model = get(server.port(), "/v2/models/fake/ready");

        assertThat(get(server.port(), "/v2/health/live").statusCode()).isEqualTo(200);
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("\"ready\":false");
        assertThat(model.statusCode()).isEqualTo(503);
        assertThat(model.body()).contains("\"ready\":false");
    }

    @Test
    void onlyTheServersProbesNeedNoToken() throws Exception {
        try (HttpServer guarded =
                TestServer.start(Map.of("fake", TestServer.service(FakeModel.open(), TestServer.LIMITS)), "secret")) {
            assertThat(get(guarded.port(), "/v2/health/live").statusCode()).isEqualTo(200);
            assertThat(get(guarded.port(), "/v2/health/ready").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = get(guarded.port(), "/v2/models/fake");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(Json.parseObject(refused.body(), "error").keys()).containsExactly("error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/models/fake", "/v2/models/fake/versions/1"})
    void modelMetadata(String path) throws Exception {
        JsonObject metadata = json(get(server.port(), path));

        assertThat(metadata.string("name")).isEqualTo("fake");
        assertThat(metadata.strings("versions")).containsExactly("1");
        assertThat(metadata.string("platform")).isEqualTo("onnx_onnxv1");
        assertThat(described(metadata, "inputs")).containsExactly("image BYTES [-1.0]");
        assertThat(described(metadata, "outputs"))
                .containsExactly(
                        "light BYTES [-1.0]", "light.probabilities FP32 [-1.0, 2.0]", "light.unsure BOOL [-1.0]");
    }

    private static List<String> described(JsonObject metadata, String key) {
        return metadata.objects(key).stream()
                .map(tensor -> tensor.string("name") + " " + tensor.string("datatype") + " " + tensor.numbers("shape"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {INFER, "/v2/models/fake/versions/1/infer"})
    void answersPicturesInTheirOrderWithAllOutputs(String path) throws Exception {
        JsonObject answer = json(postJson(
                server.port(),
                path,
                "{\"id\": \"42\", " + inputs(DARK, BRIGHT, DARK).substring(1)));

        assertThat(answer.string("model_name")).isEqualTo("fake");
        assertThat(answer.string("model_version")).isEqualTo("1");
        assertThat(answer.string("id")).isEqualTo("42");
        assertThat(described(answer, "outputs"))
                .containsExactly("light BYTES [3.0]", "light.probabilities FP32 [3.0, 2.0]", "light.unsure BOOL [3.0]");
        assertThat(output(answer, 0).strings("data")).containsExactly("dark", "bright", "dark");
        List<Double> probabilities = output(answer, 1).numbers("data");
        assertThat(probabilities).hasSize(6);
        assertThat(probabilities.get(0)).isGreaterThan(0.9);
        assertThat(probabilities.get(3)).isGreaterThan(0.9);
        assertThat(output(answer, 2).raw("data")).isEqualTo(List.of(false, false, false));
    }

    @Test
    void withoutAnIdThereIsNone() throws Exception {
        assertThat(json(postJson(server.port(), INFER, inputs(DARK))).has("id")).isFalse();
    }

    @Test
    void givesOnlyTheSelectedOutputsInTheirOrder() throws Exception {
        String body = inputs(BRIGHT)
                .replaceFirst(
                        "}$",
                        ", \"outputs\": [{\"name\": \"light.unsure\"}, {\"name\": \"light\", \"parameters\": {}}]}");

        JsonObject answer = json(postJson(server.port(), INFER, body));

        assertThat(described(answer, "outputs")).containsExactly("light.unsure BOOL [1.0]", "light BYTES [1.0]");
        assertThat(output(answer, 1).strings("data")).containsExactly("bright");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {bad | the body is not valid JSON: body:1:2
            {} | body.inputs: is missing; expected a list
            {"inputs": []} | body.inputs: has 0 tensors; expected one called image
            {"inputs": [{"name": "x", "shape": [1], "datatype": "BYTES", "data": ["AA=="]}]} | name: is "x"; expected "image"
            {"inputs": [{"name": "image", "shape": [1], "datatype": "FP32", "data": ["AA=="]}]} | datatype: is "FP32"; expected "BYTES"
            {"inputs": [{"name": "image", "shape": [2], "datatype": "BYTES", "data": ["AA=="]}]} | shape: does not fit 1 texts in data; expected [1]
            {"inputs": [{"name": "image", "shape": [1, 1], "datatype": "BYTES", "data": ["AA=="]}]} | shape: does not fit
            {"inputs": [{"name": "image", "shape": [0], "datatype": "BYTES", "data": []}]} | data: has 0 pictures; expected 1 to 8
            {"inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "data": [1]}]} | data: is [1]; expected a list of strings
            {"inputs": [{"name": "image", "shape": [2], "datatype": "BYTES", "data": ["AA==", "A*"]}]} | body.inputs[0].data[1]: character 2 is '*'
            {"id": 7, "inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "data": ["AA=="]}]} | body.id: is 7; expected a string
            {"inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "data": ["AA=="]}], "outputs": [{"name": "age"}]} | there is no output "age"; expected one of [light, light.probabilities, light.unsure]
            """)
    void anErrorIsAnObjectWithOneMessage(String body, String message) throws Exception {
        HttpResponse<String> answer = postJson(server.port(), INFER, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonObject error = Json.parseObject(answer.body(), "error");
        assertThat(error.keys()).containsExactly("error");
        assertThat(error.string("error")).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/models/other, 404",
        "/v2/models/fake/versions/9, 404",
        "/v2/nothing, 404",
        "/v2/models/fake/infer, 405"
    })
    void alsoOfPathsThatAreNotThere(String path, int status) throws Exception {
        HttpResponse<String> answer = get(server.port(), path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.parseObject(answer.body(), "error").keys()).containsExactly("error");
    }

    @Test
    void aBadPictureIsNamedByItsPlace() throws Exception {
        HttpResponse<String> answer = postJson(server.port(), INFER, inputs(DARK, base64(new byte[] {1, 2, 3})));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(Json.parseObject(answer.body(), "error").string("error")).contains("picture 2 of 2");
    }

    @Test
    void refusesMorePicturesThanABatchHolds() throws Exception {
        String[] nine = new String[9];
        Arrays.fill(nine, DARK);

        HttpResponse<String> answer = postJson(server.port(), INFER, inputs(nine));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("has 9 pictures; expected 1 to 8");
    }

    @Test
    void refusesBinaryTensors() throws Exception {
        HttpResponse<String> answer = send(request(server.port(), INFER)
                .header("Inference-Header-Content-Length", "10")
                .POST(BodyPublishers.ofString(inputs(DARK))));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("binary tensors are not supported");
    }

    /** Two places are free: one request of three pictures does not fit beside one that stands at the gate. */
    @Test
    void allPicturesOfARequestCountAgainstTheQueue() throws Exception {
        FakeModel model = new FakeModel(new CountDownLatch(1), false);
        ServiceLimits three = new ServiceLimits(3, 8, 2, Duration.ofSeconds(20));
        try (HttpServer small = TestServer.start(Map.of("fake", TestServer.service(model, three)), null)) {
            CompletableFuture<HttpResponse<String>> first = Requests.postLater(small.port(), Pictures.grey(9, "png"));
            model.awaitInference();

            HttpResponse<String> tooMany = postJson(small.port(), INFER, inputs(DARK, DARK, DARK));
            model.letGo();

            assertThat(tooMany.statusCode()).isEqualTo(503);
            assertThat(tooMany.headers().firstValue("Retry-After")).contains("1");
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(postJson(small.port(), INFER, inputs(DARK, DARK, DARK)).statusCode())
                    .isEqualTo(200);
            assertThat(small.models().find("fake", null).service().underWay()).isZero();
        }
    }

    private static String inputs(String... pictures) {
        String data = Arrays.stream(pictures).collect(Collectors.joining("\", \"", "\"", "\""));
        return "{\"inputs\": [{\"name\": \"image\", \"shape\": [" + pictures.length
                + "], \"datatype\": \"BYTES\", \"data\": [" + data + "]}]}";
    }

    private static JsonObject json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return Json.parseObject(answer.body(), "answer");
    }

    private static JsonObject output(JsonObject answer, int index) {
        return answer.objects("outputs").get(index);
    }

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }
}
