package ai.facet.serve.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serving runs without anything that trains or exports. */
class ClassPathTest {
    @Test
    void nothingOfPyTorchOrTraining() {
        List<String> path = List.of(System.getProperty("java.class.path").split(File.pathSeparator));

        assertThat(path)
                .isNotEmpty()
                .noneMatch(entry -> entry.contains("pytorch"))
                .noneMatch(entry -> entry.contains("facet-train") || entry.contains("facet-export"))
                .noneMatch(entry -> entry.contains("train" + File.separator + "target"))
                .noneMatch(entry -> entry.contains("export" + File.separator + "target"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai.djl.pytorch.engine.PtEngine",
                "ai.djl.pytorch.jni.JniUtils",
                "ai.facet.train.TrainMain",
                "ai.facet.export.ExportMain"
            })
    void classesThatMustNotBeThere(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
