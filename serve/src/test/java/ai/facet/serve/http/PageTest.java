package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server sends for the page; {@link PageInBrowserTest} looks at what becomes of it. */
@Timeout(60)
class PageTest {
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(Map.of("fake", TestServer.service(FakeModel.open(), TestServer.LIMITS)), "secret");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/,text/html", "/page.js,text/javascript", "/page.css,text/css"})
    void isOpenWithoutTokenAndKeepsTheBrowserToThisServer(String path, String type) throws Exception {
        HttpResponse<String> answer = get(server.port(), path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(type + "; charset=utf-8");
        assertThat(answer.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none';")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe", "*", "http"));
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.body()).doesNotContain("http:", "https:", "//cdn");
    }

    @Test
    void hasNoScriptOrStyleThatThePolicyRefuses() throws Exception {
        String html = get(server.port(), "/").body();

        assertThat(Pattern.compile("<style|style=|\\son[a-z]+=|<script(?! src=)")
                        .matcher(html)
                        .find())
                .isFalse();
    }

    @Test
    void theModelsStayBehindTheToken() throws Exception {
        assertThat(get(server.port(), "/models").statusCode()).isEqualTo(401);
    }
}
