package ai.facet.serve.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.serve.GoldenBundle;
import ai.facet.serve.batch.ServiceLimits;
import ai.facet.serve.inference.InferenceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderModelsTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final ServiceLimits LIMITS = new ServiceLimits(8, 2, 1, Duration.ofSeconds(10));
    private static final ModelLoader LOADER = new ModelLoader(InferenceOptions.DEFAULT, LIMITS, LoadObserver.NONE);

    @TempDir
    Path root;

    private final ModelRegistry registry = new ModelRegistry();
    private FolderModels models;

    @BeforeEach
    void look() {
        models = new FolderModels(root, LOADER, registry, LoadObserver.NONE);
    }

    @AfterEach
    void stop() {
        models.close();
        registry.close();
    }

    @Test
    void findsNamesAndVersionsAndLeavesTheRest() throws IOException {
        GoldenBundle.copyTo(root.resolve("plain"));
        GoldenBundle.copyTo(root.resolve("several/2"));
        GoldenBundle.copyTo(root.resolve("several/10"));
        GoldenBundle.copyTo(root.resolve(".hidden"));
        GoldenBundle.copyTo(root.resolve("no name"));
        Files.createDirectories(root.resolve("several/latest"));
        Files.writeString(root.resolve("readme.txt"), "not a bundle");

        models.loadAll();

        assertThat(registry.all().stream().map(model -> model.id().toString()))
                .containsExactly("plain version 1", "several version 2", "several version 10");
        assertThat(Objects.requireNonNull(registry.find("several", null)).id().version())
                .isEqualTo(10);
    }

    @Test
    void aChangedBundleTakesThePlaceAndTheFormerEndsWithItsLastRequest() throws IOException {
        Path bundle = GoldenBundle.copyTo(root.resolve("m"));
        models.loadAll();
        LoadedModel former = Objects.requireNonNull(registry.hold("m", null));
        models.watch(OFTEN);

        GoldenBundle.rename(bundle, "newer");
        await(() -> nameInside("m").equals("newer"));

        assertThat(former.service().isHealthy()).isTrue();
        former.release();
        await(() -> !former.service().isHealthy());
        assertThat(Objects.requireNonNull(registry.find("m", 1)).service().isHealthy())
                .isTrue();
    }

    @Test
    void aBadBundleIsReportedAndLeavesTheFormerInPlace() throws IOException {
        Path bundle = GoldenBundle.copyTo(root.resolve("m"));
        models.loadAll();
        LoadedModel former = registry.find("m", null);
        models.watch(OFTEN);
        byte[] whole = Files.readAllBytes(bundle.resolve(ModelBundle.ONNX));

        Files.write(bundle.resolve(ModelBundle.ONNX), new byte[100]);
        await(() -> !models.failures().isEmpty());

        assertThat(models.failures().get(new ModelId("m", 1)))
                .contains("m version 1 stays as it was", "model.onnx is damaged");
        assertThat(registry.find("m", null)).isSameAs(former);

        Files.write(bundle.resolve(ModelBundle.ONNX), whole);
        await(() -> models.failures().isEmpty());
        assertThat(registry.find("m", null)).isNotSameAs(former);
    }

    @Test
    void bundlesComeAndGo() throws IOException {
        GoldenBundle.copyTo(root.resolve("stays"));
        models.loadAll();
        models.watch(OFTEN);

        Path other = GoldenBundle.copyTo(root.resolve("other"));
        await(() -> registry.find("other", null) != null);
        delete(other);
        await(() -> registry.find("other", null) == null);

        assertThat(registry.names()).containsExactly("stays");
    }

    @Test
    void aBundleThatIsReplacedByRemovingItFirstGoesOnAnswering() throws IOException {
        Path bundle = GoldenBundle.copyTo(root.resolve("m"));
        models.loadAll();
        Files.delete(bundle.resolve(ModelBundle.CHECKSUMS));
        models.watch(OFTEN);
        await(() -> !models.failures().isEmpty());

        assertThat(registry.find("m", null)).isNotNull();
        GoldenBundle.rename(bundle, "again");
        await(() -> nameInside("m").equals("again"));
    }

    @Test
    void startsWithoutABadBundleButNotWithoutAny() throws IOException {
        Path bad = GoldenBundle.copyTo(root.resolve("bad"));
        Files.write(bad.resolve(ModelBundle.ONNX), new byte[9]);

        assertThatThrownBy(models::loadAll)
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll("none of the bundles", "bad version 1 is not served", "model.onnx");
        GoldenBundle.copyTo(root.resolve("good"));
        models.loadAll();
        assertThat(registry.names()).containsExactly("good");
        assertThat(models.failures()).containsOnlyKeys(new ModelId("bad", 1));
    }

    @Test
    void unregisteredStaysUnservedUntilItIsRegistered() throws IOException {
        Path bundle = GoldenBundle.copyTo(root.resolve("m"));
        models.loadAll();
        models.watch(OFTEN);

        assertThat(models.unregister("m", null).join()).containsExactly(new ModelId("m", 1));
        GoldenBundle.rename(bundle, "changed");
        GoldenBundle.copyTo(root.resolve("sign"));
        await(() -> registry.find("sign", null) != null); // so it was looked, twice
        assertThat(registry.find("m", null)).isNull();

        models.register("m", null).join();
        assertThat(nameInside("m")).isEqualTo("changed");
    }

    @Test
    void refusesWhatCannotBeDone() throws IOException {
        GoldenBundle.copyTo(root.resolve("m"));
        Path bad = GoldenBundle.copyTo(root.resolve("bad"));
        Files.write(bad.resolve(ModelBundle.ONNX), new byte[9]);
        models.loadAll();
        registry.put(LOADER.load("fixed", 1, root.resolve("m"), true));

        assertThat(refusal(models.register("m", null))).contains("CONFLICT", "is served already");
        assertThat(refusal(models.register("x", 3))).contains("NOT_THERE", "no model x version 3", "m version 1");
        assertThat(refusal(models.register("bad", null))).contains("BAD_BUNDLE", "model.onnx");
        assertThat(refusal(models.reload("m", 2))).contains("NOT_THERE");
        assertThat(refusal(models.unregister("x", null))).contains("NOT_THERE");
        assertThat(refusal(models.unregister("fixed", null))).contains("CONFLICT", "--model");
    }

    @Test
    void reloadsWhatDidNotChange() throws IOException {
        GoldenBundle.copyTo(root.resolve("m"));
        models.loadAll();
        LoadedModel former = Objects.requireNonNull(registry.find("m", null));

        models.reload("m", null).join();

        assertThat(registry.find("m", null)).isNotSameAs(former);
        await(() -> !former.service().isHealthy());
    }

    @Test
    void aFolderThatIsMissingNamesTheOption() {
        FolderModels nowhere = new FolderModels(root.resolve("nowhere"), LOADER, registry, LoadObserver.NONE);

        assertThatThrownBy(nowhere::loadAll).isInstanceOf(UserException.class).hasMessageContaining("--models");
    }

    private String nameInside(String model) {
        LoadedModel served = registry.find(model, null);
        return served == null ? "" : served.service().description().name();
    }

    private static String refusal(CompletableFuture<List<ModelId>> change) {
        try {
            return "done: " + change.join();
        } catch (CompletionException e) {
            return e.getCause() instanceof FolderModels.RefusedException refused
                    ? refused.reason() + ": " + refused.getMessage()
                    : String.valueOf(e.getCause());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
