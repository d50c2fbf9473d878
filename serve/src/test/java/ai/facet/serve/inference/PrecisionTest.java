package ai.facet.serve.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.serve.GoldenBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of a bundle's models is loaded. */
class PrecisionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        // int8's check agrees, comparison passed, choice, loaded
        "true,  true,  AUTO, INT8",
        "true,  true,  FP32, FP32",
        "true,  true,  INT8, INT8",
        "false, true,  AUTO, FP32",
        "true,  false, AUTO, FP32",
    })
    void integersAreTakenOnlyWhereTheyAreRight(
            boolean agrees, boolean passed, PrecisionChoice choice, Precision expected) throws IOException {
        Path bundle = GoldenBundle.copyWithInt8To(folder.resolve("b"), agrees, passed);

        assertThat(loaded(bundle, choice)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"AUTO, FP32", "FP32, FP32"})
    void aBundleWithoutIntegersAnswersInFloats(PrecisionChoice choice, Precision expected) throws IOException {
        assertThat(loaded(GoldenBundle.copyTo(folder.resolve("b")), choice)).isEqualTo(expected);
    }

    @Test
    void integersThatWereAskedForAreNotReplacedSilently() throws IOException {
        Path without = GoldenBundle.copyTo(folder.resolve("without"));
        Path other = GoldenBundle.copyWithInt8To(folder.resolve("other"), false, true);

        assertThatThrownBy(() -> loaded(without, PrecisionChoice.INT8))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("--precision int8", "has no model.int8.onnx", "--precision auto");
        assertThatThrownBy(() -> loaded(other, PrecisionChoice.INT8))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("1 of 3 answers", "--int8-weight-bits 7", "--precision auto");
    }

    @Test
    void aFileThatIsNamedIsLoadedWhateverWasChosen() throws IOException {
        Path bundle = GoldenBundle.copyWithInt8To(folder.resolve("b"), true, true);

        assertThat(loaded(bundle.resolve(ModelBundle.INT8), PrecisionChoice.FP32))
                .isEqualTo(Precision.INT8);
        assertThat(loaded(bundle.resolve(ModelBundle.ONNX), PrecisionChoice.INT8))
                .isEqualTo(Precision.FP32);
    }

    @Test
    void aReportThatCannotBeReadIsAnError() throws IOException {
        Path bundle = GoldenBundle.copyWithInt8To(folder.resolve("b"), true, true);
        Files.writeString(bundle.resolve(ModelBundle.INT8_REPORT), "{\"evaluation\": {\"passed\": true}}");
        ModelBundle.writeChecksums(bundle);

        assertThatThrownBy(() -> loaded(bundle, PrecisionChoice.AUTO))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("int8.json", "selfCheck");
    }

    @Test
    void anUnknownChoiceNamesTheKnownOnes() {
        assertThatThrownBy(() -> PrecisionChoice.of("int4"))
                .isInstanceOf(UserException.class)
                .hasMessage("--precision is \"int4\"; expected auto, fp32, int8");
    }

    private static Precision loaded(Path model, PrecisionChoice choice) throws IOException {
        try (Predictor predictor = Predictor.open(model, InferenceOptions.DEFAULT.with(choice))) {
            return predictor.precision();
        }
    }
}
