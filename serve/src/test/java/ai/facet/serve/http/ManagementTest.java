package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.get;
import static ai.facet.serve.http.Requests.request;
import static ai.facet.serve.http.Requests.send;
import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.bundle.ModelBundle;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.serve.GoldenBundle;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.metrics.ServerMetrics;
import ai.facet.serve.registry.FolderModels;
import ai.facet.serve.registry.ModelLoader;
import ai.facet.serve.registry.ModelRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The management port beside the public one, over bundles in a folder. */
@Timeout(120)
class ManagementTest {
    private static final String PICTURE = "red-circle.png";

    @TempDir
    Path root;

    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        GoldenBundle.copyTo(root.resolve("m"));
        GoldenBundle.copyTo(root.resolve("v/1"));
        GoldenBundle.copyTo(root.resolve("v/2"));
        ServerMetrics metrics = new ServerMetrics();
        ModelRegistry registry = new ModelRegistry();
        ModelLoader loader = new ModelLoader(InferenceOptions.DEFAULT, TestServer.LIMITS, metrics);
        FolderModels folder = new FolderModels(root, loader, registry, metrics);
        folder.loadAll();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerSettings settings = new ServerSettings(
                anyPort,
                new AccessRules(List.of(), "secret"),
                new HttpLimits(
                        TestServer.BODY_LIMIT, TestServer.BODY_LIMIT, Duration.ofSeconds(10), Duration.ofSeconds(10)),
                Duration.ofSeconds(20),
                null,
                anyPort);
        server = HttpServer.start(
                new ServedModels(registry, folder), settings, new RequestJournal(metrics, AccessLog.OFF));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aModelIsUnregisteredAndRegisteredAgain() throws Exception {
        assertThat(manage("DELETE", "/models/m").body())
                .isEqualTo("{\"status\":\"Model \\\"m\\\" version 1 unregistered.\"}\n");
        assertThat(ask("/predictions/m")).isEqualTo(404);
        assertThat(manage("POST", "/models?url=m").body())
                .isEqualTo("{\"status\":\"Model \\\"m\\\" version 1 registered.\"}\n");
        assertThat(ask("/predictions/m")).isEqualTo(200);
    }

    @Test
    void versionsAreServedSideBySide() throws Exception {
        assertThat(ask("/predictions/v/1")).isEqualTo(200);
        assertThat(ask("/predictions/v/2")).isEqualTo(200);
        assertThat(ask("/predictions/v/3")).isEqualTo(404);
        assertThat(tell("/v2/models/v").strings("versions")).containsExactly("1", "2");
        assertThat(tell("/v2/models/v").object("parameters").string("precision"))
                .isEqualTo("fp32");

        assertThat(manage("DELETE", "/models/v/2").statusCode()).isEqualTo(200);

        assertThat(ask("/predictions/v/2")).isEqualTo(404);
        assertThat(ask("/predictions/v")).isEqualTo(200);
        assertThat(manage("GET", "/models/v/1").body()).contains("\"workflowName\":\"v\"", "\"version\":\"1\"");
    }

    @Test
    void aBadBundleIsRefusedAndTheFormerAnswersOn() throws Exception {
        Files.write(root.resolve("m").resolve(ModelBundle.ONNX), new byte[10]);

        HttpResponse<String> refused = manage("POST", "/models/m/reload");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("ModelLoadException", "stays as it was", "model.onnx is damaged");
        assertThat(ask("/predictions/m")).isEqualTo(200);
        JsonObject list = Json.parseObject(manage("GET", "/models").body(), "models");
        assertThat(list.objects("refused").get(0).string("modelName")).isEqualTo("m");
        assertThat(tell("/models").has("refused")).isFalse();
        assertThat(manage("GET", "/metrics").body())
                .contains(
                        "facet_model_refused{model=\"m\",version=\"1\"} 1.0",
                        "facet_model_loads_total{model=\"m\",outcome=\"refused\",version=\"1\"} 1.0",
                        "facet_model_info{model=\"v\",precision=\"fp32\",version=\"2\"} 1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /models?url=..%2Fm         | 400 | is not a name in the model folder
            POST   | /models?url=%2Fetc         | 400 | is not a name in the model folder
            POST   | /models?url=m%2F..%2Fv     | 400 | is not a whole number
            POST   | /models                    | 400 | has no url
            POST   | /models?url=nothing        | 404 | the model folder holds no model nothing
            POST   | /models?url=m              | 409 | is served already
            POST   | /models?url=m&gpu=1        | 400 | unknown query parameter
            DELETE | /models/nothing            | 404 | model nothing is not served
            DELETE | /models/v/7                | 404 | model v version 7 is not served
            DELETE | /models/..                 | 400 | is not a name
            POST   | /models/v/0/reload         | 400 | is not a whole number
            PUT    | /models/m                  | 405 | expected [GET /models/{model}, DELETE /models/{model}]
            POST   | /predictions/m             | 404 | no path /predictions/m
            GET    | /                          | 404 | no path /
            """)
    void refusesWhatCannotBe(String method, String path, int status, String message) throws Exception {
        HttpResponse<String> answer = manage(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.parseObject(answer.body(), "error").string("message")).contains(message);
    }

    @Test
    void thePublicPortManagesNothing() throws Exception {
        for (String[] one : new String[][] {{"POST", "/models?url=m"}, {"DELETE", "/models/m"}}) {
            assertThat(with("secret", server.port(), one[0], one[1]).statusCode())
                    .isEqualTo(405);
        }
        assertThat(with("secret", server.port(), "POST", "/models/m/reload").statusCode())
                .isEqualTo(404);
        assertThat(ask("/predictions/m")).isEqualTo(200);
    }

    @Test
    void managementWantsTheToken() throws Exception {
        assertThat(with("wrong", server.managementPort(), "DELETE", "/models/m").statusCode())
                .isEqualTo(401);
        assertThat(get(server.managementPort(), "/ping").statusCode()).isEqualTo(200);
        assertThat(ask("/predictions/m")).isEqualTo(200);
    }

    @Test
    void describesItselfAndNothingElse() throws Exception {
        JsonObject document = Json.parseObject(manage("GET", "/openapi.json").body(), "openapi");

        assertThat(document.object("paths").keys())
                .containsExactlyInAnyOrder(
                        "/models",
                        "/models/{model}",
                        "/models/{model}/{version}",
                        "/models/{model}/reload",
                        "/models/{model}/{version}/reload",
                        "/ping",
                        "/metrics",
                        "/openapi.json");
        assertThat(document.object("paths").object("/models").keys()).containsExactly("get", "post");
    }

    /** The short form of the proof in {@code scripts/acceptance.sh serve}. */
    @Test
    void reloadsUnderLoadFailNoRequest() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        List<CompletableFuture<Integer>> askers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> askUntil(ended)))
                .toList();
        for (int i = 0; i < 10; i++) {
            assertThat(manage("POST", "/models/m/reload").statusCode()).isEqualTo(200);
        }
        ended.set(true);

        for (CompletableFuture<Integer> asker : askers) {
            assertThat(asker.join()).isPositive();
        }
    }

    /** @return how many answers came, all of them with 200 */
    private int askUntil(AtomicBoolean ended) {
        int answered = 0;
        do {
            try {
                assertThat(ask("/predictions/m")).isEqualTo(200);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            answered++;
        } while (!ended.get());
        return answered;
    }

    private int ask(String path) throws Exception {
        return send(request(server.port(), path)
                        .header("Authorization", "Bearer secret")
                        .POST(BodyPublishers.ofByteArray(GoldenBundle.picture(PICTURE))))
                .statusCode();
    }

    private JsonObject tell(String path) throws Exception {
        return Json.parseObject(with("secret", server.port(), "GET", path).body(), path);
    }

    private HttpResponse<String> manage(String method, String path) throws Exception {
        return with("secret", server.managementPort(), method, path);
    }

    private static HttpResponse<String> with(String token, int port, String method, String path) throws Exception {
        return send(
                request(port, path).header("Authorization", "Bearer " + token).method(method, BodyPublishers.noBody()));
    }
}
