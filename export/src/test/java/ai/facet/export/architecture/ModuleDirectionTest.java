package ai.facet.export.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who may know whom, as design.md draws it. */
class ModuleDirectionTest {
    private static final String TRAIN = "ai.facet.train..";
    private static final String EXPORT = "ai.facet.export..";
    private static final String SERVE = "ai.facet.serve..";
    private static final String PYTORCH = "ai.djl.pytorch..";
    private static final String ONNX_RUNTIME = "ai.onnxruntime..";

    @Test
    void modelsKnowsNoOtherModuleAndNoEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRAIN, EXPORT, SERVE, PYTORCH, ONNX_RUNTIME)
                .check(classesOf("models"));
    }

    @Test
    void serveKnowsNeitherTrainingNorExport() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRAIN, EXPORT, PYTORCH)
                .check(classesOf("serve"));
    }

    @Test
    void trainKnowsNeitherExportNorServing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EXPORT, SERVE, ONNX_RUNTIME)
                .check(classesOf("train"));
    }

    @Test
    void exportDoesNotKnowTraining() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(TRAIN).check(classesOf("export"));
    }

    @Test
    void noRandomnessWithoutASeed() {
        for (String module : new String[] {"models", "train", "export", "serve"}) {
            noClasses().should().callConstructor(java.util.Random.class).check(classesOf(module));
            noClasses().should().callMethod(Math.class, "random").check(classesOf(module));
        }
    }

    private static JavaClasses classesOf(String module) {
        return new ClassFileImporter().importPath(Path.of("..", module, "target", "classes"));
    }
}
