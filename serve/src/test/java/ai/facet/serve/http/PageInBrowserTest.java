package ai.facet.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.facet.decode.DecodeLimits;
import ai.facet.json.JsonObject;
import ai.facet.schema.Attribute;
import ai.facet.serve.GoldenBundle;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceObserver;
import ai.facet.serve.inference.HeatModel;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where one is installed. Screenshots go to {@code target/screenshots}. */
@Timeout(180)
class PageInBrowserTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int TAB = 9;
    private static final int SPACE = 32;

    @TempDir
    Path folder;

    private @Nullable HttpServer server;
    private List<Attribute> attributes = List.of();
    private @Nullable Chromium started;

    @BeforeEach
    void startBrowser() throws Exception {
        Optional<Path> program = Chromium.find();
        if (program.isEmpty()) {
            System.err.println("Chromium is not installed: the page is not tested in a browser");
        }
        assumeTrue(program.isPresent(), "Chromium is not installed");
        started = Chromium.start(program.get(), Files.createDirectory(folder.resolve("profile")));
        Files.createDirectories(SCREENSHOTS);
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void picturesAreAnsweredAsThePredictionSaysAndHeatLiesOnThem() throws Exception {
        serve(null);
        Chromium browser = browser();
        browser.open(address());
        browser.await("document.querySelector('#attributes').textContent.length > 0");
        assertThat(browser.evaluate("document.querySelector('#models').hidden")).isEqualTo("false");

        JsonObject first = GoldenBundle.expected().get(0);
        JsonObject second = GoldenBundle.expected().get(1);
        browser.choose("#files", picture(first), picture(second));
        browser.await("document.querySelectorAll('.attribute').length === 6");

        assertThat(browser.evaluate("document.querySelectorAll('.answer')[1].querySelector('.name').textContent"))
                .isEqualTo(first.string("file"));
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            String shown = browser.evaluate("document.querySelectorAll('.answer')[1].querySelectorAll('.attribute')["
                    + i + "].querySelector('.bars li span').textContent");
            assertThat(shown).isEqualTo(attribute.classes().get(largest(first.numbers(attribute.logitsName()))));
        }
        browser.evaluate("document.querySelector('.attribute button').click()");
        browser.await("!document.querySelector('canvas').hidden");
        assertThat(browser.evaluate("document.querySelector('canvas').clientWidth > 0"))
                .isEqualTo("true");
        shoot("page-wide");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theKeyboardReachesEverythingAndMessagesAreSpoken() throws Exception {
        serve(null);
        Chromium browser = browser();
        browser.open(address());
        browser.await("document.querySelector('#attributes').textContent.length > 0");
        browser.key("Tab", TAB);
        assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("files");
        Path damaged = Files.write(folder.resolve("damaged.jpg"), new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2, 3});
        browser.choose("#files", damaged);
        browser.await("document.querySelector('.problem[role=alert]') !== null");
        assertThat(browser.evaluate("document.querySelector('.problem').textContent"))
                .isNotBlank();

        browser.choose("#files", picture(GoldenBundle.expected().get(0)));
        browser.await("document.querySelectorAll('.attribute').length === 3");
        assertThat(browser.evaluate("document.querySelector('#status').textContent"))
                .contains("%");
        browser.evaluate("document.querySelector('.attribute button').focus()");
        browser.key(" ", SPACE);
        browser.await("!document.querySelector('canvas').hidden");
        assertThat(browser.evaluate(
                        "[...document.querySelectorAll('button,input,select')].filter(e => !e.labels?.length"
                                + " && !e.textContent.trim() && !e.getAttribute('aria-label')).length"))
                .as("controls without a name")
                .isEqualTo("0");
        assertThat(browser.evaluate("[...document.images].every(image => image.alt.length > 0)"))
                .isEqualTo("true");
    }

    @Test
    void aServerWithATokenIsAskedAgainWithIt() throws Exception {
        serve("secret");
        Chromium browser = browser();
        browser.open(address());
        browser.await("!document.querySelector('#access').hidden");
        browser.evaluate("(document.querySelector('#token').value = 'secret',"
                + " document.querySelector('#token').dispatchEvent(new Event('change')))");
        browser.await("document.querySelector('#attributes').textContent.length > 0");
        browser.choose("#files", picture(GoldenBundle.expected().get(0)));
        browser.await("document.querySelectorAll('.attribute').length === 3");
        shoot("page-narrow");
    }

    private void shoot(String name) throws Exception {
        boolean wide = name.endsWith("wide");
        for (boolean dark : new boolean[] {false, true}) {
            browser()
                    .screenshot(
                            SCREENSHOTS.resolve(name + (dark ? "-dark" : "-light") + ".png"),
                            wide ? 1200 : 390,
                            wide ? 900 : 844,
                            dark);
        }
    }

    private void serve(@Nullable String token) throws Exception {
        OnnxModel model = OnnxModel.open(GoldenBundle.copyWithHeatTo(folder.resolve("b")), InferenceOptions.DEFAULT);
        HeatModel heat = Objects.requireNonNull(HeatModel.openBeside(model, InferenceOptions.DEFAULT));
        attributes = model.description().schema().attributes();
        Map<String, PredictionService> services = new LinkedHashMap<>();
        services.put(
                "shapes",
                new PredictionService(model, TestServer.LIMITS, DecodeLimits.DEFAULT, ServiceObserver.NONE, heat));
        services.put("fake", TestServer.service(FakeModel.open(), TestServer.LIMITS));
        server = TestServer.start(services, token);
    }

    private Path picture(JsonObject expected) throws Exception {
        String file = expected.string("file");
        return Files.write(folder.resolve(file), GoldenBundle.picture(file));
    }

    private static int largest(List<Double> logits) {
        return logits.indexOf(Collections.max(logits));
    }

    private String address() {
        return "http://127.0.0.1:" + Objects.requireNonNull(server).port() + "/";
    }

    private Chromium browser() {
        return Objects.requireNonNull(started);
    }
}
