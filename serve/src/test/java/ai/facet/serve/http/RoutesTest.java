package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.get;
import static ai.facet.serve.http.Requests.post;
import static ai.facet.serve.http.Requests.postJson;
import static ai.facet.serve.http.Requests.request;
import static ai.facet.serve.http.Requests.send;
import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths there are, what they take, and what is said of everything else. */
@Timeout(60)
class RoutesTest {
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(FakeModel.open());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/predictions/fake",
                "/predictions/fake/1",
                "/models/fake/invoke",
                "/invocations",
                "/invocations?model_name=fake&model_version=1"
            })
    void everyPredictionRouteGivesTheSameAnswer(String path) throws Exception {
        byte[] picture = Pictures.grey(250, "png");

        HttpResponse<String> answer = post(server.port(), path, picture, "image/png");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(post(server.port(), "/predictions/fake", picture, "image/png")
                        .body())
                .contains("bright");
    }

    @Test
    void invocationsAskWhichOfSeveralModelsIsMeant() throws Exception {
        Map<String, ai.facet.serve.batch.PredictionService> services = new LinkedHashMap<>();
        services.put("one", TestServer.service(FakeModel.open(), TestServer.LIMITS));
        services.put("two", TestServer.service(FakeModel.open(), TestServer.LIMITS));
        try (HttpServer several = TestServer.start(services, null)) {
            byte[] picture = Pictures.grey(250, "png");

            HttpResponse<String> open = post(several.port(), "/invocations", picture, "image/png");
            HttpResponse<String> named = post(several.port(), "/invocations?model_name=two", picture, "image/png");

            assertThat(open.statusCode()).isEqualTo(400);
            assertThat(message(open)).contains("model_name", "[one, two]");
            assertThat(named.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void describesAModelAsDjlServingDoes() throws Exception {
        Object described = Json.parse(get(server.port(), "/models/fake").body(), "model");

        assertThat(described)
                .asString()
                .contains("workflowName=fake", "batchSize=8", "queueSize=128", "requestInQueue=0", "status=Healthy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /secret               | 404 | ResourceNotFoundException | no path /secret; there are GET /,
            GET  | /models/fake/more     | 404 | ResourceNotFoundException | no path /models/fake/more; there are
            POST | /predictions/other    | 404 | ModelNotFoundException    | no model "other"; there are [fake]
            POST | /predictions/         | 404 | ModelNotFoundException    | no model ""; there are [fake]
            POST | /predictions/fake/7   | 404 | ModelNotFoundException    | model fake has no version "7"; it has [1]
            GET  | /models/other         | 404 | ModelNotFoundException    | no model "other"; there are [fake]
            GET  | /predictions/fake     | 405 | MethodNotAllowedException | the method is GET; expected [POST /predictions/{model}]
            GET  | /ping?x=1             | 400 | BadRequestException       | unknown query parameter "x"; GET /ping knows none
            POST | /predictions/fake?p=1 | 400 | BadRequestException       | unknown query parameter "p"; POST /predictions/{model} knows [probabilities, explain]
            POST | /predictions/fake?probabilities=yes                    | 400 | BadRequestException | is "yes"; expected true or false
            POST | /predictions/fake?probabilities=true&probabilities=false | 400 | BadRequestException | stands 2 times
            """)
    void saysWhatIsWrongAndWhatThereIs(String method, String path, int status, String type, String message)
            throws Exception {
        HttpResponse<String> answer =
                send(request(server.port(), path).method(method, BodyPublishers.ofByteArray(new byte[0])));

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonObject error = Json.parseObject(answer.body(), "error");
        assertThat(error.int32("code")).isEqualTo(status);
        assertThat(error.string("type")).isEqualTo(type);
        assertThat(error.string("message")).contains(message);
    }

    @Test
    void aWrongMethodIsToldTheRightOne() throws Exception {
        assertThat(get(server.port(), "/invocations").headers().firstValue("Allow"))
                .contains("POST");
    }

    /** The others: ManagementTest. */
    static List<Endpoint> publicEndpoints() {
        return List.copyOf(Surface.PUBLIC.endpoints());
    }

    @ParameterizedTest
    @MethodSource("publicEndpoints")
    void everyRouteRefusesUnknownQueryParameters(Endpoint endpoint) throws Exception {
        HttpResponse<String> answer = send(request(server.port(), path(endpoint) + "?no_such=1")
                .method(endpoint.method().name(), BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no_such");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {bad             | the body is not valid JSON: body:1:2: expected a string
            [1]              | the body is not valid JSON: body: expected a JSON object at the top level
            {"picture": "A"} | body.image: is missing; expected a string
            {"image": 1}     | body.image: is 1; expected a string
            {"image": "AA A"}| body.image: character 3 is U+0020; expected base64
            {"image": "AAAAA"}| body.image is cut or wrongly padded
            """)
    void saysHowAJsonBodyIsToLook(String body, String message) throws Exception {
        HttpResponse<String> answer = postJson(server.port(), "/predictions/fake", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(message(answer)).startsWith(message).endsWith("; expected {\"image\": \"<base64>\"}");
    }

    /** As {@code curl --data} sends it. */
    @Test
    void aBodyThatBeginsWithABraceIsJsonWhateverItsType() throws Exception {
        HttpResponse<String> answer = post(
                server.port(),
                "/predictions/fake",
                "{bad".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "application/x-www-form-urlencoded");

        assertThat(message(answer)).startsWith("the body is not valid JSON");
    }

    @ParameterizedTest
    @CsvSource({"65535, 413, RequestEntityTooLargeException", "-1, 415, UnsupportedMediaTypeException"})
    void namesTheKindOfABadPicture(int widthPx, int status, String type) throws Exception {
        byte[] picture = widthPx < 0 ? new byte[] {1, 2, 3} : Pictures.pngClaiming(widthPx, 65_535);

        HttpResponse<String> answer = post(server.port(), "/predictions/fake", picture, "image/png");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.parseObject(answer.body(), "error").string("type")).isEqualTo(type);
    }

    @Test
    void theOpenApiDocumentListsExactlyTheRoutes() throws Exception {
        JsonObject document =
                Json.parseObject(get(server.port(), "/openapi.json").body(), "openapi");
        List<String> listed = new ArrayList<>();
        for (String path : document.object("paths").keys()) {
            document.object("paths")
                    .object(path)
                    .keys()
                    .forEach(method -> listed.add(method.toUpperCase(Locale.ROOT) + " " + path));
        }

        assertThat(document.string("openapi")).isEqualTo("3.1.0");
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Surface.PUBLIC.endpoints().stream()
                        .map(Endpoint::toString)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyReferenceOfTheOpenApiDocumentLeadsSomewhere(Surface surface) {
        JsonObject document = Json.parseObject(Json.write(OpenApi.document(surface)), "openapi");
        List<String> schemas = document.object("components").object("schemas").keys();
        List<String> references = java.util.regex.Pattern.compile("\"#/components/schemas/(\\w+)\"")
                .matcher(Json.write(document.raw()))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(references).isNotEmpty();
        assertThat(schemas).containsExactlyInAnyOrderElementsOf(references);
    }

    private static String path(Endpoint endpoint) {
        return endpoint.template().replace("{model}", "fake").replace("{version}", "1");
    }

    private static String message(HttpResponse<String> answer) {
        return Json.parseObject(answer.body(), "error").string("message");
    }
}
