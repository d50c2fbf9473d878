package ai.facet.serve.djl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.Input;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** {@code facet-djl-serving.jar}, which the build makes before the tests. */
class DjlServingJarTest {
    private static final Path JAR = Path.of("target", "dist", "djl-serving", "facet-djl-serving.jar");
    /** Knows the WebP reader, which DJL Serving does not have; decoding then refuses WebP with a message. */
    private static final String OPTIONAL = "ai.facet.decode.WebpProvider";

    private static final String[] OWN = {
        "ai.facet.serve.djl..",
        "ai.facet.json..",
        "ai.facet.schema..",
        "ai.facet.image..",
        "ai.facet.preprocess..",
        "ai.facet.network..",
        "ai.facet.description..",
        "ai.facet.prediction..",
        "ai.facet.decode.."
    };

    @Test
    void holdsTheTranslatorAndWhatItNeedsOfFacet() throws IOException {
        Set<String> folders = new TreeSet<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .forEach(name -> folders.add(name.substring(0, name.lastIndexOf('/'))));
        }

        assertThat(folders)
                .containsExactly(
                        "META-INF",
                        "ai/facet/decode",
                        "ai/facet/description",
                        "ai/facet/image",
                        "ai/facet/json",
                        "ai/facet/network",
                        "ai/facet/prediction",
                        "ai/facet/preprocess",
                        "ai/facet/schema",
                        "ai/facet/serve/djl");
    }

    @Test
    void needsTheJdkAndTheApiOfDjlOnly() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            JavaClasses inside = new ClassFileImporter().importJar(jar);
            String[] outside = {
                "java..",
                "javax.imageio..",
                "org.jspecify..", // annotations, absent at run time
                "ai.djl",
                "ai.djl.modality",
                "ai.djl.ndarray..",
                "ai.djl.translate",
                "ai.djl.util"
            };
            String[] allowed = new String[OWN.length + outside.length];
            System.arraycopy(OWN, 0, allowed, 0, OWN.length);
            System.arraycopy(outside, 0, allowed, OWN.length, outside.length);
            classes()
                    .that()
                    .doNotHaveFullyQualifiedName(OPTIONAL)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed)
                    .check(inside);
        }
    }

    /** As in DJL Serving's own class loader: the jar beside DJL's API, and nothing of ours. */
    @Test
    void theFactoryLoadsBesideTheApiAlone() throws Exception {
        URL api = Input.class.getProtectionDomain().getCodeSource().getLocation();
        URL[] alone = {JAR.toUri().toURL(), api};
        try (URLClassLoader loader = new URLClassLoader(alone, ClassLoader.getPlatformClassLoader())) {
            Class<?> factory = loader.loadClass("ai.facet.serve.djl.FacetTranslatorFactory");
            Object made = factory.getDeclaredConstructor().newInstance();

            assertThat(made.getClass().getClassLoader()).isSameAs(loader);
            assertThat((Set<?>) factory.getMethod("getSupportedTypes").invoke(made))
                    .hasSize(1);
        }
    }
}
