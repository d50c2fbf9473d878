package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.get;
import static ai.facet.serve.http.Requests.multipart;
import static ai.facet.serve.http.Requests.post;
import static ai.facet.serve.http.Requests.postLater;
import static ai.facet.serve.http.Requests.request;
import static ai.facet.serve.http.Requests.send;
import static ai.facet.serve.http.Requests.talk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HttpServerTest {
    private static final String POST_FAKE = "POST /predictions/fake HTTP/1.1\r\nHost: localhost\r\n";

    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersAPictureInEachForm() throws Exception {
        int port = start(FakeModel.open());
        byte[] bright = Pictures.grey(250, "png");

        HttpResponse<String> raw = post(port, "/predictions/fake", bright, "image/png");
        HttpResponse<String> json = post(
                port,
                "/predictions/fake",
                ("{\"image\": \""
                                + Base64.getMimeEncoder().encodeToString(bright).replace("\r\n", "\\r\\n") + "\"}")
                        .getBytes(UTF_8),
                "application/json");
        HttpResponse<String> form =
                post(port, "/predictions/fake", multipart("file", bright), "multipart/form-data; boundary=xyz");

        assertThat(raw.statusCode()).isEqualTo(200);
        assertThat(answer(raw).string("class")).isEqualTo("bright");
        assertThat(answer(raw).has("probabilities")).isFalse();
        assertThat(json.body()).isEqualTo(raw.body());
        assertThat(form.body()).isEqualTo(raw.body());
    }

    @Test
    void tellsAllProbabilitiesWhenAsked() throws Exception {
        int port = start(FakeModel.open());

        HttpResponse<String> all =
                post(port, "/predictions/fake?probabilities=true", Pictures.grey(250, "jpg"), "image/jpeg");

        assertThat(answer(all).object("probabilities").keys()).containsExactly("dark", "bright");
    }

    @Test
    void pingAndModelsNameTheModel() throws Exception {
        int port = start(FakeModel.open());

        assertThat(get(port, "/ping").body()).isEqualTo("{\"fake\":{\"status\":\"Healthy\"}}\n");
        assertThat(Json.parseObject(get(port, "/models").body(), "models")
                        .objects("models")
                        .get(0)
                        .string("modelName"))
                .isEqualTo("fake");
    }

    static Stream<Arguments> badRequests() {
        byte[] jpeg = Pictures.grey(80, "jpg");
        byte[] html = "<!DOCTYPE html><html><body>not a picture</body></html>".getBytes(UTF_8);
        return Stream.of(
                Arguments.of("no bytes", "image/jpeg", new byte[0], 400, "empty (0 bytes)"),
                Arguments.of("cut JPEG", "image/jpeg", Arrays.copyOf(jpeg, jpeg.length / 2), 400, "damaged"),
                Arguments.of("renamed page", "image/jpeg", html, 415, "expected JPEG, PNG"),
                Arguments.of("huge PNG", "image/png", Pictures.pngClaiming(65_535, 65_535), 413, "65535x65535 px"),
                Arguments.of("wide PNG", "image/png", Pictures.pngClaiming(50_000, 2), 413, "50000x2 px"),
                Arguments.of(
                        "large body",
                        "image/png",
                        new byte[TestServer.BODY_LIMIT + 1],
                        413,
                        "has 200001 bytes; at most 200000 are accepted"),
                Arguments.of(
                        "cut JSON", "application/json", "{\"image\"".getBytes(UTF_8), 400, "body:1:9: expected ':'"),
                Arguments.of("no field", "application/json", "{}".getBytes(UTF_8), 400, "is missing"),
                Arguments.of(
                        "no base64",
                        "application/json",
                        "{\"image\": \"AA*A\"}".getBytes(UTF_8),
                        400,
                        "body.image: character 3 is '*'; expected base64"),
                Arguments.of("not UTF-8", "application/json", new byte[] {'"', (byte) 0xFF}, 400, "not UTF-8"),
                Arguments.of(
                        "no part",
                        "multipart/form-data; boundary=xyz",
                        multipart("other", jpeg),
                        400,
                        "none of the fields"),
                Arguments.of(
                        "unknown charset",
                        "multipart/form-data; boundary=xyz; charset=utf-99",
                        multipart("file", jpeg),
                        400,
                        "form is damaged"),
                Arguments.of("no boundary", "multipart/form-data", jpeg, 400, "form is damaged"),
                Arguments.of("empty boundary", "multipart/form-data; boundary=", jpeg, 400, "names no boundary"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRequests")
    void refusesBadInput(String name, String type, byte[] body, int status, String message) throws Exception {
        int port = start(FakeModel.open());

        HttpResponse<String> response = post(port, "/predictions/fake", body, type);

        assertThat(response.statusCode()).as(name).isEqualTo(status);
        JsonObject json = Json.parseObject(response.body(), "error");
        assertThat(json.int32("code")).isEqualTo(status);
        assertThat(json.string("type")).endsWith("Exception");
        assertThat(json.string("message")).contains(message);
        assertThat(get(port, "/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAddressesThatCannotBeDecoded() throws Exception {
        int port = start(FakeModel.open());
        String host = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

        assertThat(talk(port, "POST /predictions/%zz" + host)).startsWith("HTTP/1.1 400");
        assertThat(talk(port, "POST /predictions/fake?probabilities=%zz" + host))
                .startsWith("HTTP/1.1 400");
    }

    /** As curl does with large bodies. */
    @Test
    void saysWhyBeforeALargeBodyIsSent() throws Exception {
        int port = start(FakeModel.open());

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String head = "POST /predictions/fake HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Length: "
                    + (TestServer.BODY_LIMIT + 1) + "\r\nExpect: 100-continue\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .containsIgnoringCase("content-type: application/json")
                    .contains("has 200001 bytes; at most 200000 are accepted", "--max-body");
        }
    }

    @Test
    void saysWhatItDoesNotExpect() throws Exception {
        int port = start(FakeModel.open());

        String answer = talk(port, POST_FAKE + "Content-Length: 5\r\nExpect: 200-maybe\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 417").contains("the only expectation is 100-continue");
    }

    @Test
    void namesWhatIsNotThere() throws Exception {
        int port = start(FakeModel.open());

        assertThat(post(port, "/predictions/other", new byte[1], "image/png").statusCode())
                .isEqualTo(404);
        assertThat(get(port, "/secret").statusCode()).isEqualTo(404);
        assertThat(get(port, "/predictions/fake").statusCode()).isEqualTo(405);
    }

    @Test
    void refusesForeignHostsAndOrigins() throws Exception {
        int port = start(FakeModel.open());

        for (String ours : List.of("localhost", "127.0.0.2", "[::1]", "192.168.1.9:8080", "facet.EXAMPLE:" + port)) {
            assertThat(talk(port, "GET /ping HTTP/1.1\r\nHost: " + ours + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
        assertThat(talk(port, "GET /ping HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(talk(
                        port,
                        "GET /ping HTTP/1.1\r\nHost: localhost:" + port
                                + "\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(talk(
                        port,
                        "GET /ping HTTP/1.1\r\nHost: localhost:" + port + "\r\nOrigin: http://localhost:" + port
                                + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void answersGarbageAndEndsTheConnection() throws Exception {
        int port = start(FakeModel.open());

        assertThat(talk(port, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        int port = start(FakeModel.open());
        String host = " HTTP/1.1\r\nHost: localhost\r\n";

        String answers = talk(
                port,
                "GET /ping" + host + "\r\nGET /nothing" + host + "\r\nGET /models" + host
                        + "Connection: close\r\n\r\n");

        assertThat(answers.indexOf("Healthy")).isPositive();
        assertThat(answers.indexOf("no path /nothing")).isGreaterThan(answers.indexOf("Healthy"));
        assertThat(answers.indexOf("modelName")).isGreaterThan(answers.indexOf("no path /nothing"));
    }

    @Test
    void wantsTheTokenButNotForPing() throws Exception {
        int port = start(FakeModel.open(), 64, Duration.ofSeconds(20), "secret");

        assertThat(get(port, "/ping").statusCode()).isEqualTo(200);
        HttpResponse<String> without = get(port, "/models");
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(send(request(port, "/models")
                                .header("Authorization", "Bearer wrong")
                                .GET())
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request(port, "/models")
                                .header("Authorization", "Bearer secret")
                                .GET())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void parallelAnswersEqualSequentialOnes() throws Exception {
        int port = start(FakeModel.open());
        List<String> alone = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            alone.add(post(port, "/predictions/fake", Pictures.grey(4 * i + 1, "png"), "image/png")
                    .body());
        }

        List<CompletableFuture<HttpResponse<String>>> together = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            together.add(postLater(port, Pictures.grey(4 * i + 1, "png")));
        }

        for (int i = 0; i < 64; i++) {
            assertThat(together.get(i).join().body()).isEqualTo(alone.get(i));
        }
        assertThat(alone).doesNotHaveDuplicates();
    }

    @Test
    void picturesThatWaitAreAnsweredTogether() throws Exception {
        FakeModel model = new FakeModel(new CountDownLatch(1), false);

        assertThat(statusesOfOneAndElevenQueued(model)).containsOnly(200);
        // the first alone, then a full batch of 8, then the rest
        assertThat(model.batches).containsExactly(1, 8, 3);
    }

    @Test
    void answersOneByOneWhenABatchFails() throws Exception {
        FakeModel model = new FakeModel(new CountDownLatch(1), true);

        assertThat(statusesOfOneAndElevenQueued(model)).containsOnly(200);
        assertThat(model.batches).containsExactly(1, 8, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1);
    }

    /** One picture stands at the gate while eleven more queue up. */
    private List<Integer> statusesOfOneAndElevenQueued(FakeModel model) throws Exception {
        int port = start(model);
        PredictionService service = java.util.Objects.requireNonNull(server)
                .models()
                .find("fake", null)
                .service();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(postLater(port, Pictures.grey(1, "png")));
        model.awaitInference();
        for (int i = 1; i < 12; i++) {
            answers.add(postLater(port, Pictures.grey(20 * i + 1, "png")));
        }
        await(() -> service.queued() == 11);
        model.letGo();
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** What is refused before its body is sent; each answer also ends the connection. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the path, POST /secret, localhost, secret, 404",
        "the model, POST /predictions/other, localhost, secret, 404",
        "the method, PUT /predictions/fake, localhost, secret, 405",
        "the host, POST /predictions/fake, evil.example, secret, 403",
        "the token, POST /predictions/fake, localhost, wrong, 401"
    })
    void refusesByTheHeadAlone(String what, String line, String host, String token, int status) throws Exception {
        int port = start(FakeModel.open(), 64, Duration.ofSeconds(20), "secret");

        String answer = talk(
                port,
                line + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Length: 100000\r\n\r\nonly the first bytes");

        assertThat(answer).as(what).startsWith("HTTP/1.1 " + status).containsIgnoringCase("connection: close");
    }

    @Test
    void aFullQueueIsToldByTheHeadAlone() throws Exception {
        FakeModel model = new FakeModel(new CountDownLatch(1), false);
        int port = start(model, 1, Duration.ofSeconds(20), null);
        CompletableFuture<HttpResponse<String>> first = postLater(port, Pictures.grey(200, "png"));
        model.awaitInference();

        String refused = talk(port, POST_FAKE + "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n");
        model.letGo();

        assertThat(refused).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @Test
    void bodiesOfAllConnectionsShareABudget() throws Exception {
        int port = start(FakeModel.open());
        HttpServer running = java.util.Objects.requireNonNull(server);
        byte[] head = (POST_FAKE + "Content-Length: 190000\r\n\r\n").getBytes(UTF_8);
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
            slow.getOutputStream().write(head);
            slow.getOutputStream().write(new byte[180_000]);
            await(() -> running.bodyBytes() == 180_000);

            assertThat(post(port, "/predictions/fake", new byte[150_000], "image/png")
                            .statusCode())
                    .isEqualTo(503);
            assertThat(running.bodyBytes()).isEqualTo(180_000);
        }
        await(() -> running.bodyBytes() == 0);
        assertThat(post(port, "/predictions/fake", new byte[150_000], "image/png")
                        .statusCode())
                .isEqualTo(415);
        assertThat(running.bodyBytes()).isZero();
    }

    @Test
    void aPipelinedRequestIsLeftUnreadUntilTheFormerIsAnswered() throws Exception {
        FakeModel model = new FakeModel(new CountDownLatch(1), false);
        int port = start(model);
        HttpServer running = java.util.Objects.requireNonNull(server);
        byte[] picture = Pictures.grey(200, "png");
        byte[] large = new byte[TestServer.BODY_LIMIT - 1];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write((POST_FAKE + "Content-Length: " + picture.length + "\r\n\r\n").getBytes(UTF_8));
            out.write(picture);
            out.write((POST_FAKE + "Content-Length: " + large.length + "\r\n\r\n").getBytes(UTF_8));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(out, large));
            model.awaitInference();
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(running.bodyBytes()).isZero();

            model.letGo();
            socket.setSoTimeout(20_000);
            sending.join();
            out.write("GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            assertThat(statuses(new String(socket.getInputStream().readAllBytes(), UTF_8)))
                    .containsExactly("200", "415", "200");
        }
    }

    @Test
    void aPipelinedRequestThatIsTooLargeIsRefusedAfterTheFormersAnswer() throws Exception {
        FakeModel model = new FakeModel(new CountDownLatch(1), false);
        int port = start(model);
        byte[] picture = Pictures.grey(200, "png");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write((POST_FAKE + "Content-Length: " + picture.length + "\r\n\r\n").getBytes(UTF_8));
            out.write(picture);
            out.write(
                    (POST_FAKE + "Content-Length: " + (TestServer.BODY_LIMIT + 1) + "\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(UTF_8));
            model.awaitInference();
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            model.letGo();
            socket.setSoTimeout(20_000);
            assertThat(statuses(new String(socket.getInputStream().readAllBytes(), UTF_8)))
                    .containsExactly("200", "413");
        }
    }

    private static List<String> statuses(String answers) {
        return Pattern.compile("HTTP/1\\.1 (\\d+)")
                .matcher(answers)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aRowWithoutAnAnswerFailsAlone() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        FakeModel model = new FakeModel(gate, false);
        int port = start(model);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(postLater(port, Pictures.grey(i == 5 ? 0 : 200, "png")));
        }
        java.util.Objects.requireNonNull(server).awaitRequests(12);
        gate.countDown();

        for (int i = 0; i < 12; i++) {
            assertThat(answers.get(i).join().statusCode()).isEqualTo(i == 5 ? 500 : 200);
        }
    }

    @Test
    void outlivesAnErrorOfTheModel() throws Exception {
        FakeModel model = FakeModel.open();
        int port = start(model);
        model.overflows = true;
        int failed = post(port, "/predictions/fake", Pictures.grey(200, "png"), "image/png")
                .statusCode();
        model.outOfMemory = true;
        int refused = post(port, "/predictions/fake", Pictures.grey(200, "png"), "image/png")
                .statusCode();
        model.overflows = false;
        model.outOfMemory = false;

        assertThat(refused).isEqualTo(503);
        assertThat(failed).isEqualTo(500);
        assertThat(post(port, "/predictions/fake", Pictures.grey(200, "png"), "image/png")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(port, "/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void pingTellsOfAModelThatCannotAnswer() throws Exception {
        int port = start(FakeModel.open());
        java.util.Objects.requireNonNull(server)
                .models()
                .find("fake", null)
                .service()
                .close();

        HttpResponse<String> ping = get(port, "/ping");

        assertThat(ping.statusCode()).isEqualTo(503);
        assertThat(ping.body()).contains("\"fake\":{\"status\":\"Unhealthy\"}");
        assertThat(get(port, "/models").body()).contains("FAILED");
        assertThat(post(port, "/predictions/fake", Pictures.grey(200, "png"), "image/png")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void turnsAwayWhatIsTooMuchAndAnswersTheRest() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        int port = start(new FakeModel(gate, false), 4, Duration.ofSeconds(20), null);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(postLater(port, Pictures.grey(200, "png")));
        }
        HttpResponse<String> refused = firstRefusal(port);
        gate.countDown();

        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isIn(200, 503);
        }
        assertThat(post(port, "/predictions/fake", Pictures.grey(200, "png"), "image/png")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersWithATimeoutAfterTheDeadline() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        int port = start(new FakeModel(gate, false), 64, Duration.ofMillis(200), null);

        HttpResponse<String> late = post(port, "/predictions/fake", Pictures.grey(200, "png"), "image/png");
        gate.countDown();

        assertThat(late.statusCode()).isEqualTo(504);
    }

    @Test
    void closingAnswersEverythingAccepted() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        FakeModel model = new FakeModel(gate, false);
        int port = start(model);
        HttpServer running = java.util.Objects.requireNonNull(server);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add(postLater(port, Pictures.grey(10 * i + 1, "png")));
        }
        running.awaitRequests(16);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(running::close);
        running.awaitDraining();
        gate.countDown();
        closing.join();

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(200);
        }
        assertThat(model.closed).isTrue();
    }

    private HttpResponse<String> firstRefusal(int port) throws Exception {
        while (true) {
            HttpResponse<String> response = postLater(port, Pictures.grey(1, "png"))
                    .completeOnTimeout(null, 200, java.util.concurrent.TimeUnit.MILLISECONDS)
                    .get();
            if (response != null && response.statusCode() == 503) {
                return response;
            }
        }
    }

    private int start(FakeModel model) throws IOException {
        return start(model, 128, Duration.ofSeconds(20), null);
    }

    private int start(FakeModel model, int queue, Duration deadline, @Nullable String token) throws IOException {
        server = TestServer.start(
                Map.of("fake", TestServer.service(model, new ServiceLimits(queue, 8, 2, deadline))), token);
        return server.port();
    }

    private static JsonObject answer(HttpResponse<String> response) {
        return Json.parseObject(response.body(), "answer").object("light");
    }
}
