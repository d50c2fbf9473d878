package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.get;
import static ai.facet.serve.http.Requests.post;
import static ai.facet.serve.http.Requests.talk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.serve.metrics.ServerMetrics;
import ai.facet.serve.registry.ModelId;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Metrics, the access log and the summary, after known requests. */
@Timeout(60)
class JournalTest {
    private static final Pattern SAMPLE = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*\\})? \\S+");

    @TempDir
    Path folder;

    private Path file;
    private RequestJournal journal;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("access.log");
        ServerMetrics metrics = new ServerMetrics();
        journal = new RequestJournal(metrics, AccessLog.open(file.toString()));
        server = TestServer.start(
                Map.of(
                        "fake",
                        TestServer.service(
                                FakeModel.open(), TestServer.LIMITS, metrics.service(new ModelId("fake", 1)))),
                null,
                journal);
    }

    @Test
    void countsRequestsAndMeasuresEachStage() throws Exception {
        byte[] picture = Pictures.grey(250, "png");
        post(server.port(), "/predictions/fake", picture, "image/png");
        post(server.port(), "/predictions/fake", picture, "image/png");
        post(server.port(), "/predictions/fake", new byte[] {1}, "image/png");
        get(server.port(), "/nothing");

        HttpResponse<String> scrape = get(server.port(), "/metrics");
        server.close();

        assertThat(scrape.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape.body().lines())
                .contains(
                        "facet_http_requests_total{route=\"/predictions/{model}\",status=\"200\"} 2.0",
                        "facet_http_requests_total{route=\"/predictions/{model}\",status=\"415\"} 1.0",
                        "facet_http_requests_total{route=\"other\",status=\"404\"} 1.0",
                        "facet_http_request_duration_seconds_count{route=\"/predictions/{model}\"} 3",
                        "facet_decode_seconds_count{model=\"fake\",version=\"1\"} 2",
                        "facet_queue_wait_seconds_count{model=\"fake\",version=\"1\"} 2",
                        "facet_inference_seconds_count{model=\"fake\",version=\"1\"} 2",
                        "facet_batch_size_bucket{model=\"fake\",version=\"1\",le=\"1.0\"} 2",
                        "facet_queue_depth{model=\"fake\",version=\"1\"} 0.0",
                        "facet_in_flight{model=\"fake\",version=\"1\"} 0.0")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"))
                .allMatch(line -> line.startsWith("# HELP ")
                        || line.startsWith("# TYPE ")
                        || SAMPLE.matcher(line).matches());
    }

    @Test
    void timesAreInSeconds() throws Exception {
        post(server.port(), "/predictions/fake", Pictures.grey(250, "png"), "image/png");
        String scrape = get(server.port(), "/metrics").body();
        server.close();

        for (String stage : List.of("facet_decode_seconds", "facet_queue_wait_seconds", "facet_inference_seconds")) {
            MatchResult sum = Pattern.compile(stage + "_sum\\S* (\\S+)")
                    .matcher(scrape)
                    .results()
                    .findFirst()
                    .orElseThrow();
            assertThat(Double.parseDouble(sum.group(1))).as(stage).isBetween(1e-9, 20.0);
        }
        assertThat(scrape).contains("le=\"1.0E-4\"", "le=\"10.0\"");
    }

    @Test
    void writesOneLineForEachRequest() throws Exception {
        post(server.port(), "/predictions/fake?probabilities=true", Pictures.grey(250, "png"), "image/png");
        post(server.port(), "/predictions/other", new byte[10], "image/png");
        server.close();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
        assertThat(lines.get(0)).matches(time + " 127\\.0\\.0\\.1 \"POST /predictions/fake\" 200 \\d+ \\d+\\.\\d{3}");
        assertThat(lines.get(1)).matches(time + " 127\\.0\\.0\\.1 \"POST /predictions/other\" 404 \\d+ \\d+\\.\\d{3}");
    }

    @Test
    void aClientCannotForgeALine() throws Exception {
        talk(server.port(), "GET /a\"\\\u0085 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        server.close();

        assertThat(Files.readAllLines(file)).singleElement().asString().contains("\"GET /a\\x22\\x5C\\xC2\\x85\" 404 ");
        assertThat(AccessLog.escape("/a\u001b[31m")).isEqualTo("/a\\x1B[31m");
        assertThat(AccessLog.escape("/a\r\n127.0.0.1")).isEqualTo("/a\\x0D\\x0A127.0.0.1");
    }

    @Test
    void sumsUpAtTheEnd() throws Exception {
        get(server.port(), "/ping");
        get(server.port(), "/models");
        get(server.port(), "/nothing");
        server.models().find("fake", null).service().close();
        get(server.port(), "/ping");
        server.close();

        assertThat(journal.summary())
                .matches("2 requests answered, 1 refused \\(4xx\\), 1 failed \\(5xx\\) in \\d+\\.\\d s");
    }

    @Test
    void timesHaveThreeDigitsBehindThePoint() {
        assertThat(AccessLog.millis(1_234_567)).isEqualTo("1.234");
        assertThat(AccessLog.millis(5_000)).isEqualTo("0.005");
        assertThat(AccessLog.millis(12_050_999)).isEqualTo("12.050");
    }

    @Test
    void aLogThatCannotBeWrittenNamesTheOption() {
        server.close();

        assertThatThrownBy(() ->
                        AccessLog.open(folder.resolve("no/such/folder.log").toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--access-log");
    }
}
