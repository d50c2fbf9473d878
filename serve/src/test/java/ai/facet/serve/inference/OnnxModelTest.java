package ai.facet.serve.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.json.JsonObject;
import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.schema.Attribute;
import ai.facet.serve.GoldenBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden bundle on ONNX Runtime against the logits of the DJL Block; and bundles that must be refused. */
class OnnxModelTest {
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    private Path bundle;

    @BeforeEach
    void copy() throws IOException {
        bundle = GoldenBundle.copyTo(folder.resolve("bundle"));
    }

    @Test
    void goldenLogitsOneByOne() throws IOException {
        try (OnnxModel model = OnnxModel.open(bundle, InferenceOptions.DEFAULT)) {
            for (JsonObject image : GoldenBundle.expected()) {
                agrees(model, model.run(pixels(model, List.of(image)), 1), List.of(image));
            }
        }
    }

    @Test
    void goldenLogitsAsOneBatch() throws IOException {
        try (OnnxModel model = OnnxModel.open(bundle, InferenceOptions.DEFAULT)) {
            List<JsonObject> images = GoldenBundle.expected();
            agrees(model, model.run(pixels(model, images), images.size()), images);
        }
    }

    @Test
    void aLoneFileAnswersAsItsBundle() throws IOException {
        Path lone = Files.move(bundle.resolve(ModelBundle.ONNX), folder.resolve("lone.onnx"));
        try (OnnxModel model = OnnxModel.open(lone, InferenceOptions.DEFAULT)) {
            List<JsonObject> images = GoldenBundle.expected();
            agrees(model, model.run(pixels(model, images), images.size()), images);
        }
    }

    @Test
    void probabilitiesAreCalibrated() throws IOException {
        try (OnnxModel model = OnnxModel.open(bundle, InferenceOptions.DEFAULT)) {
            List<JsonObject> images = GoldenBundle.expected();
            BatchOutput output = model.run(pixels(model, images), images.size());
            float[] logits = output.logits().get(1);
            double temperature = model.description().calibration().get(1).temperature();
            // two classes: softmax is the logistic function of the difference
            double first = 1 / (1 + Math.exp((logits[1] - logits[0]) / temperature));
            assertThat(temperature).isEqualTo(1.5);
            assertThat((double) output.probabilities().get(1)[0]).isCloseTo(first, within());
        }
    }

    @Test
    void refusesHalfAModel() throws IOException {
        Path onnx = bundle.resolve(ModelBundle.ONNX);
        byte[] whole = Files.readAllBytes(onnx);
        Files.write(onnx, Arrays.copyOf(whole, whole.length / 2));

        refused(bundle, ModelBundle.ONNX, "SHA-256");
        refused(onnx, ModelBundle.ONNX, "SHA-256");
        Path lone = Files.copy(onnx, bundle.resolveSibling("lone.onnx"));
        refused(lone, "lone.onnx", "damaged or cut");
    }

    @Test
    void refusesOneChangedByte() throws IOException {
        Path onnx = bundle.resolve(ModelBundle.ONNX);
        byte[] bytes = Files.readAllBytes(onnx);
        bytes[bytes.length / 2] ^= 1;
        Files.write(onnx, bytes);

        refused(bundle, ModelBundle.ONNX, "SHA-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {ModelBundle.HALF_WEIGHTS, ModelBundle.EXPLAIN, ModelBundle.INT8})
    void everyFileOfABundleIsOpenedWithItsChecksum(String name) throws IOException {
        Path artifact = bundle.resolve(name);
        byte[] bytes = Files.readAllBytes(bundle.resolve(ModelBundle.ONNX));
        Files.write(artifact, bytes);

        refused(artifact, name, "does not list");
        ModelBundle.writeChecksums(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(artifact, bytes);
        refused(artifact, name, "SHA-256");
    }

    @Test
    void weightsInHalfPrecisionAreOpenedByTheirName() throws IOException {
        Path half = bundle.resolve(ModelBundle.HALF_WEIGHTS);
        Files.copy(bundle.resolve(ModelBundle.ONNX), half);
        ModelBundle.writeChecksums(bundle);

        try (OnnxModel model = OnnxModel.open(half, InferenceOptions.DEFAULT)) {
            assertThat(model.bundle()).isPresent();
            assertThat(model.precision()).isEqualTo(Precision.FP32);
            assertThat(model.run(pixels(model, GoldenBundle.expected()), 1).model())
                    .isEqualTo(half.toString());
        }
    }

    @Test
    void whatIsNoNumberNamesTheModelsFile() throws IOException {
        try (OnnxModel model = OnnxModel.open(bundle, InferenceOptions.DEFAULT)) {
            BatchOutput output = model.run(pixels(model, GoldenBundle.expected()), 1);
            output.probabilities().get(0)[0] = Float.NaN;

            assertThatThrownBy(() -> output.prediction(model.description(), 0))
                    .isInstanceOf(NonFiniteOutputException.class)
                    .hasMessageContainingAll(bundle.resolve(ModelBundle.ONNX) + ": ", "NaN", "weights are broken");
        }
    }

    @Test
    void refusesABundleWithoutItsModel() throws IOException {
        Files.delete(bundle.resolve(ModelBundle.ONNX));

        refused(bundle, ModelBundle.ONNX, "missing");
    }

    @Test
    void refusesWhatDoesNotExist() {
        refused(folder.resolve("nothing.onnx"), "nothing.onnx", "does not exist");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model\n".repeat(20));
        Path empty = Files.createFile(folder.resolve("empty.onnx"));

        refused(text, "text.onnx", "ONNX model");
        refused(empty, "empty.onnx", "0 bytes");
    }

    @Test
    void refusesAForeignModel() throws IOException {
        Path foreign = Files.write(folder.resolve("foreign.onnx"), OnnxBytes.graphOf(new byte[0]));

        refused(foreign, "foreign.onnx", "facet.model");
    }

    @Test
    void refusesWeightsInOtherFiles() throws IOException {
        byte[] located = {0x70, 1}; // TensorProto.data_location = EXTERNAL
        byte[] keyed = {0x6A, 0}; // TensorProto.external_data, an empty entry
        for (byte[] tensor : List.of(located, keyed)) {
            Path file = Files.write(
                    folder.resolve("external.onnx"), OnnxBytes.graphOf(OnnxBytes.field(OnnxBytes.INITIALIZER, tensor)));
            refused(file, "external.onnx", "weights in other files");
        }
    }

    @Test
    void refusesWeightsInOtherFilesWhereverTheyAre() throws IOException {
        byte[] located = {0x70, 1};
        byte[] node = OnnxBytes.field(1, OnnxBytes.field(5, OnnxBytes.field(5, located)));
        byte[] branch = OnnxBytes.field(
                1, OnnxBytes.field(5, OnnxBytes.field(6, OnnxBytes.field(OnnxBytes.INITIALIZER, located))));
        byte[] sparse = OnnxBytes.field(15, OnnxBytes.field(1, located));
        for (byte[] graph : List.of(node, branch, sparse)) {
            Path file = Files.write(folder.resolve("external.onnx"), OnnxBytes.graphOf(graph));
            refused(file, "external.onnx", "weights in other files");
        }
    }

    /** Readers of 32-bit tags would see field 14 (0x72 cut to 32 bits), a reader of 64-bit tags another one. */
    @Test
    void refusesTagsAbove32Bits() throws IOException {
        byte[] overlong = {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x10, 1};
        Path file = Files.write(
                folder.resolve("overlong.onnx"), OnnxBytes.graphOf(OnnxBytes.field(OnnxBytes.INITIALIZER, overlong)));

        refused(file, "overlong.onnx", "damaged or cut");
    }

    @Test
    void refusesABundleWithAnotherCalibration() throws IOException {
        Path json = bundle.resolve(ModelBundle.DESCRIPTION);
        String text = Files.readString(json);
        Files.writeString(json, text.replaceFirst("\"temperature\"\\s*:\\s*1.5", "\"temperature\": 2.5"));
        assertThat(Files.readString(json)).isNotEqualTo(text);
        ModelBundle.writeChecksums(bundle);

        refused(bundle, ModelBundle.ONNX, "calibration", "1.5", "2.5");
    }

    @Test
    void refusesABundleThatAnswersOtherwiseThanItSays() throws IOException {
        Path json = bundle.resolve(ModelBundle.DESCRIPTION);
        Files.writeString(json, Files.readString(json).replace("\"blue\"]", "\"blue\", \"grey\"]"));
        ModelBundle.writeChecksums(bundle);

        refused(bundle, ModelBundle.ONNX, "attributes", "grey");
    }

    @Test
    void cudaWithoutItsProviderIsAnError() {
        InferenceOptions cuda = new InferenceOptions(1, "cuda");

        assertThatThrownBy(() -> OnnxModel.open(bundle, cuda))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--device cuda");
    }

    @Test
    void closesTwice() throws IOException {
        OnnxModel model = OnnxModel.open(bundle, InferenceOptions.DEFAULT);
        model.close();
        model.close();
        assertThat(OnnxModel.runtimeVersion()).matches("1\\.\\d+\\.\\d+.*");
    }

    private static void refused(Path model, String... words) {
        assertThatThrownBy(() -> OnnxModel.open(model, InferenceOptions.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words);
    }

    private static ByteBuffer pixels(OnnxModel model, List<JsonObject> images) throws IOException {
        int imageBytes = model.description().preprocessing().imageBytes();
        ByteBuffer buffer = ByteBuffer.allocateDirect(images.size() * imageBytes);
        PixelPipeline pipeline = new PixelPipeline(model.description().preprocessing());
        ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);
        for (int i = 0; i < images.size(); i++) {
            String file = images.get(i).string("file");
            pipeline.apply(decoder.decode(GoldenBundle.picture(file), file), null, buffer, i * imageBytes);
        }
        return buffer;
    }

    private static void agrees(OnnxModel model, BatchOutput output, List<JsonObject> images) {
        List<Attribute> attributes = model.description().schema().attributes();
        for (int a = 0; a < attributes.size(); a++) {
            int classes = attributes.get(a).classCount();
            for (int i = 0; i < images.size(); i++) {
                List<Double> expected = images.get(i).numbers(attributes.get(a).logitsName());
                for (int c = 0; c < classes; c++) {
                    assertThat((double) output.logits().get(a)[i * classes + c]).isCloseTo(expected.get(c), within());
                }
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(TOLERANCE);
    }
}
