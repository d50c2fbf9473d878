package ai.facet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract packages stay loadable on Android and inside DJL Serving. */
class ContractPackagesTest {
    /** Compiled by the Android demo from source; its Gradle include list must say the same. */
    static final String[] CONTRACT = {
        "ai.facet.json..",
        "ai.facet.schema..",
        "ai.facet.image..",
        "ai.facet.preprocess..",
        "ai.facet.network..",
        "ai.facet.description..",
        "ai.facet.prediction..",
    };

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void contractIsPlainJava() {
        String[] allowed = new String[CONTRACT.length + 8];
        System.arraycopy(CONTRACT, 0, allowed, 0, CONTRACT.length);
        String[] platform = {
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.io",
            "java.nio..",
            "java.util..",
            "org.jspecify.."
        };
        System.arraycopy(platform, 0, allowed, CONTRACT.length, platform.length);
        classes()
                .that()
                .resideInAnyPackage(CONTRACT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(CLASSES);
    }

    @Test
    void awtStaysInTheDesktopPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ai.facet.decode..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..")
                .check(CLASSES);
    }

    @Test
    void deepJavaLibraryStaysInTheBlocks() {
        noClasses()
                .that()
                .resideOutsideOfPackages("ai.facet.blocks..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..")
                .check(CLASSES);
    }
}
