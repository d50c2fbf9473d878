package ai.facet.serve.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.bundle.BundleException;
import ai.facet.bundle.ModelBundle;
import ai.facet.heat.PictureHeat;
import ai.facet.serve.GoldenBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatPredictorTest {
    private static final String PICTURE = "green-circle.png";
    private static final int INDEX = 1;

    @TempDir
    Path folder;

    private Path bundle = Path.of("set before each test");

    @BeforeEach
    void copyBundle() throws IOException {
        bundle = GoldenBundle.copyWithHeatTo(folder.resolve("bundle"));
    }

    @Test
    void explainsAPictureInItsOwnPixels() throws IOException {
        try (HeatPredictor predictor = HeatPredictor.open(bundle, InferenceOptions.DEFAULT)) {
            Answer answer = predictor.explain(GoldenBundle.picture(PICTURE), PICTURE, null);

            int predicted = answer.prediction().attributes().get(0).classIndex();
            PictureHeat heat = answer.heats().get(0);
            List<Double> expected = GoldenBundle.heat(INDEX, "colour", predicted);
            double peak = expected.stream().mapToDouble(v -> v).max().orElseThrow();
            float[] field = heat.over(32, 32); // a picture of the input's size: cells lie on the pixels 10 and 18
            int[] cells = {10 * 32 + 10, 10 * 32 + 18, 18 * 32 + 10, 18 * 32 + 18};
            for (int i = 0; i < cells.length; i++) {
                assertThat((double) field[cells[i]]).isCloseTo(expected.get(i) / peak, within(1e-4));
            }
            assertThat(predictor.description().name()).isEqualTo("shapes");
        }
    }

    @Test
    void answersAsThePlainModelDoes() throws IOException {
        Path picture = Files.write(folder.resolve(PICTURE), GoldenBundle.picture(PICTURE));
        try (HeatPredictor explaining = HeatPredictor.open(bundle, InferenceOptions.DEFAULT);
                Predictor plain = Predictor.open(bundle, InferenceOptions.DEFAULT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(explaining
                                .explain(picture)
                                .prediction()
                                .attributes()
                                .get(i)
                                .probabilities())
                        .containsExactly(
                                plain.predict(picture).attributes().get(i).probabilities(), within(1e-5f));
            }
        }
    }

    @Test
    void aBundleWithoutClassMapsSaysHowToGetThem() throws IOException {
        Path plain = GoldenBundle.copyTo(folder.resolve("plain"));

        refused(plain, IOException.class, "has no model.explain.onnx; export it with facet export --explain");
        try (OnnxModel model = OnnxModel.open(plain, InferenceOptions.DEFAULT)) {
            assertThat(HeatModel.openBeside(model, InferenceOptions.DEFAULT)).isNull();
        }
    }

    @Test
    void damageIsNoticed() throws IOException {
        Path file = bundle.resolve(ModelBundle.EXPLAIN);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        refused(bundle, BundleException.class, "model.explain.onnx is damaged");
    }

    @Test
    void aFileWithoutClassMapsIsNone() throws IOException {
        Files.copy(bundle.resolve(ModelBundle.ONNX), folder.resolve("copy"));
        Files.write(bundle.resolve(ModelBundle.EXPLAIN), Files.readAllBytes(folder.resolve("copy")));
        ModelBundle.writeChecksums(bundle);

        refused(bundle, IOException.class, "model.explain.onnx has no facet.class-maps in its metadata");
    }

    /** The text has the same length, so the file stays valid. */
    @Test
    void mapsOfAnotherSizeAreRefused() throws IOException {
        Path file = bundle.resolve(ModelBundle.EXPLAIN);
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Files.write(file, text.replace("\"rows\": 2", "\"rows\": 3").getBytes(StandardCharsets.ISO_8859_1));
        ModelBundle.writeChecksums(bundle);

        refused(bundle, IOException.class, "output colour_cam is float32 (1, 3, 2, 2); expected float32 (1, 3, 3, 2)");
    }

    private static void refused(Path bundle, Class<? extends Throwable> type, String message) {
        assertThatThrownBy(() -> HeatPredictor.open(bundle, InferenceOptions.DEFAULT))
                .isInstanceOf(type)
                .hasMessageContaining(message);
    }
}
