package ai.facet.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceLimits;
import ai.facet.serve.client.FacetClient;
import ai.facet.serve.client.FacetServerException;
import ai.facet.serve.client.PictureAnswer;
import ai.facet.serve.client.ServedModel;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java client against this server; here, since only this package can start one. */
@Timeout(60)
class FacetClientTest {
    private static final byte[] BRIGHT = Pictures.grey(250, "png");

    @TempDir
    Path folder;

    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersAPictureInAFile() throws Exception {
        FacetClient client = start(FakeModel.open(), 8, null);
        Path picture = Files.write(folder.resolve("p.png"), BRIGHT);

        PictureAnswer answer = client.predict("fake", picture);

        assertThat(answer.attribute("light").className()).isEqualTo("bright");
        assertThat(answer.attribute("light").probability()).isBetween(0.5, 1.0);
        assertThat(answer.attribute("light").unsure()).isFalse();
        assertThat(answer.attribute("light").probabilities()).isEmpty();
        assertThatThrownBy(() -> answer.attribute("age")).hasMessageContaining("the model has [light]");
    }

    @Test
    void tellsAllProbabilitiesWhenAsked() throws Exception {
        FacetClient client = start(FakeModel.open(), 8, null).withAllProbabilities();

        assertThat(client.predict("fake", BRIGHT).attribute("light").probabilities())
                .containsOnlyKeys("dark", "bright");
    }

    @Test
    void listsTheModels() throws Exception {
        FacetClient client = start(FakeModel.open(), 8, null);

        assertThat(client.models())
                .containsExactly(
                        new ServedModel("fake", "1", "fp32", true, Map.of("light", List.of("dark", "bright"))));
        assertThat(client.isReady()).isTrue();
    }

    @Test
    void sendsTheToken() throws Exception {
        FacetClient client = start(FakeModel.open(), 8, "secret");

        assertThat(refusal(client).status()).isEqualTo(401);
        assertThat(client.withToken("secret").predict("fake", BRIGHT).attributes())
                .containsKey("light");
    }

    @Test
    void tellsWhatTheServerSays() throws Exception {
        FacetClient client = start(FakeModel.open(), 8, null);

        FacetServerException refused =
                catchThrowableOfType(FacetServerException.class, () -> client.predict("fake", new byte[] {1, 2, 3}));

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.type()).isEqualTo("UnsupportedMediaTypeException");
        assertThat(refused).hasMessageContaining("expected JPEG, PNG");
        assertThatThrownBy(() -> client.predict("no such", BRIGHT)).hasMessageContaining("there are [fake]");
        assertThatThrownBy(() -> client.predictAsync("other", BRIGHT).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(FacetServerException.class);
    }

    @Test
    void asksABusyServerAgain() throws Exception {
        FakeModel model = new FakeModel(new CountDownLatch(1), false);
        FacetClient client = start(model, 1, null);
        CompletableFuture<PictureAnswer> first = client.predictAsync("fake", BRIGHT);
        model.awaitInference();

        assertThat(refusal(client.withRetries(0)).status()).isEqualTo(503);
        CompletableFuture<PictureAnswer> second = client.withRetries(20).predictAsync("fake", BRIGHT);
        model.letGo();

        assertThat(first.join().attributes()).containsKey("light");
        assertThat(second.join().attributes()).containsKey("light");
    }

    @Test
    void oneClientServesManyThreads() throws Exception {
        FacetClient client = start(FakeModel.open(), 128, null);
        List<CompletableFuture<PictureAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            byte[] picture = Pictures.grey(i % 2 == 0 ? 250 : 5, "png");
            answers.add(CompletableFuture.supplyAsync(() -> predict(client, picture)));
        }

        for (int i = 0; i < 64; i++) {
            assertThat(answers.get(i).join().attribute("light").className()).isEqualTo(i % 2 == 0 ? "bright" : "dark");
        }
    }

    @Test
    void aServerThatIsNotThereIsNotReady() throws Exception {
        FacetClient client = start(FakeModel.open(), 8, null);
        Objects.requireNonNull(server).close();

        assertThat(client.isReady()).isFalse();
        assertThatThrownBy(() -> client.predict("fake", BRIGHT)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> FacetClient.of(URI.create("localhost:8080")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an address such as http://127.0.0.1:8080");
    }

    @Test
    void needsNothingButTheJdkAndJson() {
        JavaClasses client = new ClassFileImporter().importPath(Path.of("target/classes/ai/facet/serve/client"));

        assertThat(client).isNotEmpty();
        ArchRuleDefinition.classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "ai.facet.json", "ai.facet.serve.client", "org.jspecify.annotations")
                .check(client);
    }

    private FacetServerException refusal(FacetClient client) {
        return catchThrowableOfType(FacetServerException.class, () -> client.predict("fake", BRIGHT));
    }

    private static PictureAnswer predict(FacetClient client, byte[] picture) {
        try {
            return client.predict("fake", picture);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private FacetClient start(FakeModel model, int queue, @Nullable String token) throws IOException {
        PredictionService service = TestServer.service(model, new ServiceLimits(queue, 8, 2, Duration.ofSeconds(20)));
        server = TestServer.start(Map.of("fake", service), token);
        return FacetClient.of(URI.create("http://127.0.0.1:" + server.port()));
    }
}
