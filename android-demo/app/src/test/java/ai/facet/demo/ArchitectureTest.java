package ai.facet.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** What the app may use, and that Maven and Gradle build the same. */
public final class ArchitectureTest {
    /** As in models' ContractPackagesTest. */
    private static final List<String> CONTRACT =
            List.of("json", "schema", "image", "preprocess", "network", "description", "prediction");

    private static final Path MAVEN = Path.of("pom.xml");
    private static final Path ROOT = Path.of("..", "pom.xml");
    private static final Path GRADLE = Path.of("app", "build.gradle.kts");

    @Test
    public void theAppUsesTheContractAndroidAndOnnxRuntimeOnly() {
        String[] allowed = new String[CONTRACT.size() + 6];
        for (int i = 0; i < CONTRACT.size(); i++) {
            allowed[i] = "ai.facet." + CONTRACT.get(i) + "..";
        }
        List<String> platform =
                List.of("ai.facet.demo..", "ai.onnxruntime", "android..", "java.lang..", "java.io", "org.jspecify..");
        for (int i = 0; i < platform.size(); i++) {
            allowed[CONTRACT.size() + i] = platform.get(i);
        }
        classes()
                .that()
                .resideInAPackage("ai.facet.demo..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(java.util.stream.Stream.concat(
                                java.util.Arrays.stream(allowed),
                                java.util.stream.Stream.of("java.nio..", "java.util.."))
                        .toArray(String[]::new))
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPath(Path.of("target", "classes")));
    }

    @Test
    public void gradleCompilesTheSamePackagesOfModels() throws IOException {
        String maven = Files.readString(MAVEN);
        String gradle = Files.readString(GRADLE);

        assertThat(all("<include name=\"ai/facet/(\\w+)/\\*\\*\"/>", maven)).isEqualTo(CONTRACT);
        assertThat(all("\"ai/facet/(\\w+)/\\*\\*\"", gradle)).isEqualTo(CONTRACT);
    }

    @Test
    public void gradleAndMavenNameTheSameVersions() throws IOException {
        String root = Files.readString(ROOT);
        String maven = Files.readString(MAVEN);
        String gradle = Files.readString(GRADLE);

        assertThat(one("onnxruntime-android:([\\d.]+)", gradle)).isEqualTo(one("<onnxruntime.version>(.+?)<", root));
        assertThat(one("onnxruntime:([\\d.]+)", gradle)).isEqualTo(one("<onnxruntime.version>(.+?)<", root));
        assertThat(one("robolectric:robolectric:([\\d.]+)", gradle))
                .isEqualTo(one("<robolectric.version>(.+?)<", maven));
        assertThat(one("junit:junit:([\\d.]+)", gradle)).isEqualTo(one("<junit4.version>(.+?)<", maven));
        assertThat(one("assertj-core:([\\d.]+)", gradle)).isEqualTo(one("<assertj.version>(.+?)<", root));
        assertThat(one("archunit:([\\d.]+)", gradle)).isEqualTo(one("<archunit.version>(.+?)<", root));
        assertThat(one("jspecify:([\\d.]+)", gradle)).isEqualTo(one("<jspecify.version>(.+?)<", root));
        assertThat(one("minSdk = (\\d+)", gradle)).isEqualTo(one("<android.minSdk>(.+?)<", maven));
        assertThat(one("targetSdk = (\\d+)", gradle)).isEqualTo(one("<android.targetSdk>(.+?)<", maven));
        assertThat(one("namespace = \"(.+?)\"", gradle))
                .isEqualTo(one("package=\"(.+?)\"", Files.readString(Path.of("app/src/main/AndroidManifest.xml"))));
    }

    private static String one(String pattern, String text) {
        return all(pattern, text).get(0);
    }

    private static List<String> all(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().map(found -> found.group(1)).toList();
    }
}
