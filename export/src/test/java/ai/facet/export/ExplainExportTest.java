package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.facet.blocks.NetworkFactory;
import ai.facet.bundle.ModelBundle;
import ai.facet.cli.FacetCommands;
import ai.facet.description.ModelDescription;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.RealImages;
import ai.facet.heat.ClassMapGrids;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.network.ConvolutionOrder;
import ai.facet.network.LayerSpec;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import ai.facet.network.StageSpec;
import ai.facet.schema.Attribute;
import ai.facet.train.explain.ExplainCommand;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Class maps through ONNX Runtime against {@code facet explain}, which derives the logits by the maps. */
class ExplainExportTest {
    private static final int SIDE_PX = 48;
    private static final int PICTURES = 3;
    private static final double TOLERANCE = 1e-4;
    private static final List<LayerSpec> STEM =
            List.of(new LayerSpec.Convolution(8, 3, 2, true, ConvolutionOrder.CONV_NORM_RELU, false, false));

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    static Stream<NetworkSpec> networksWithClassMaps() {
        return Stream.of(
                Presets.byName("facet-s"),
                Presets.byName("bottleneck-skip"),
                tower(new LayerSpec.GlobalAveragePool(), new LayerSpec.Dropout(0.3), new LayerSpec.Classes()),
                tower(new LayerSpec.Classes(), new LayerSpec.GlobalAveragePool()));
    }

    @ParameterizedTest
    @MethodSource("networksWithClassMaps")
    void classMapsAreGradCamWithoutGradients(NetworkSpec network) throws IOException {
        ModelDescription description = TestModels.description("test", network, SIDE_PX);
        Path checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), description, 6);
        drawNoise();
        assertThat(export(checkpoint)).as(err.toString()).isZero();
        Map<String, float[]> outputs = classMaps(description);

        int hot = 0;
        for (int choice = 0; choice < 4; choice++) {
            List<JsonObject> pictures = gradients(checkpoint, description, choice);
            for (Attribute attribute : description.schema().attributes()) {
                float[] maps = Objects.requireNonNull(outputs.get(ClassMapGrids.outputName(attribute)));
                for (int picture = 0; picture < PICTURES; picture++) {
                    JsonObject expected =
                            pictures.get(picture).object("attributes").object(attribute.id());
                    int row = picture * attribute.classCount() + chosen(attribute, choice);
                    hot += requireSameHeat(expected, maps, row) ? 1 : 0;
                }
            }
        }
        assertThat(hot).as("maps with any heat").isGreaterThan(PICTURES);
    }

    @Test
    void aTowerWithoutClassMapsIsRefusedAndLeavesNothing() throws IOException {
        LayerSpec dense = new LayerSpec.Convolution(16, 1, 1, true, ConvolutionOrder.CONV_RELU, true, false);
        refused(
                tower(new LayerSpec.GlobalAveragePool(), dense, new LayerSpec.Classes()),
                "--explain: the tower of attribute colour has no class maps: its classes are computed from the result of relu");
        refused(
                tower(new LayerSpec.Classes(), new LayerSpec.MaxPool(2), new LayerSpec.GlobalAveragePool()),
                "its global mean is over the result of maxpool");
    }

    @Test
    void aNetworkThatIsJavaCodeIsRefused() throws IOException {
        Class<? extends NetworkFactory> factory = StockFactory.class;
        refused(NetworkSpec.ofFactory(factory.getName()), "--explain: network StockFactory is Java code");
    }

    private void refused(NetworkSpec network, String message) throws IOException {
        Path checkpoint = TestModels.writeCheckpoint(
                folder.resolve("best.safetensors"), TestModels.description("test", network, SIDE_PX), 6);
        assertThat(export(checkpoint)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(folder.resolve("bundle")).doesNotExist();
        assertThat(folder.resolve("bundle.facet-tmp")).doesNotExist();
    }

    private static NetworkSpec tower(LayerSpec... layers) {
        return new NetworkSpec("own", List.of(new StageSpec("stem", STEM)), List.of(layers));
    }

    /** {@code max(0, cam) / cells} is the heat; both scaled to their peaks are the same. */
    private static boolean requireSameHeat(JsonObject expected, float[] maps, int row) {
        List<Double> heat = expected.numbers("heat");
        int cells = expected.int32("rows") * expected.int32("columns");
        double[] found = new double[cells];
        for (int i = 0; i < cells; i++) {
            found[i] = Math.max(0, maps[row * cells + i]) / cells;
        }
        double peak = heat.stream().mapToDouble(v -> v).max().orElseThrow();
        double foundPeak = Arrays.stream(found).max().orElseThrow();
        assertThat(foundPeak).isBetween(peak * (1 - TOLERANCE), peak * (1 + TOLERANCE));
        for (int i = 0; i < cells && peak > 0; i++) {
            assertThat(Math.abs(found[i] / foundPeak - heat.get(i) / peak))
                    .as("row %s, cell %s", row, i)
                    .isLessThan(TOLERANCE);
        }
        return peak > 0;
    }

    private void drawNoise() throws IOException {
        Files.createDirectories(folder.resolve("pictures"));
        Random random = new Random(9);
        for (int n = 0; n < PICTURES; n++) {
            BufferedImage image = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < SIDE_PX * SIDE_PX; i++) {
                image.setRGB(i % SIDE_PX, i / SIDE_PX, random.nextInt());
            }
            ImageIO.write(
                    image, "png", folder.resolve("pictures").resolve(n + ".png").toFile());
        }
    }

    private Map<String, float[]> classMaps(ModelDescription description) throws IOException {
        Path file = ModelBundle.open(folder.resolve("bundle")).explain().orElseThrow();
        List<byte[]> pixels = RealImages.load(folder.resolve("pictures"), description.preprocessing());
        byte[] all = new byte[PICTURES * pixels.get(0).length];
        for (int n = 0; n < PICTURES; n++) {
            System.arraycopy(pixels.get(n), 0, all, n * pixels.get(n).length, pixels.get(n).length);
        }
        try (EngineRoad onnx = EngineRoad.onnx("explain", file)) {
            return onnx.run(
                    new ImageBatch(all, DataType.UINT8, List.of((long) PICTURES, (long) SIDE_PX, (long) SIDE_PX, 3L)));
        }
    }

    /** What {@code facet explain --layer tower --method grad-cam} says of one class of each attribute. */
    private List<JsonObject> gradients(Path checkpoint, ModelDescription description, int choice) throws IOException {
        Path output = folder.resolve("why" + choice);
        List<String> args = new ArrayList<>(List.of(
                "--checkpoint",
                checkpoint.toString(),
                "--data",
                folder.resolve("pictures").toString(),
                "--output",
                output.toString(),
                "--device",
                "cpu"));
        for (Attribute attribute : description.schema().attributes()) {
            args.add("--class");
            args.add(attribute.id() + "=" + attribute.classes().get(chosen(attribute, choice)));
        }
        assertThat(run(new ExplainCommand(), args)).as(err.toString()).isZero();
        return Json.parseObject(Files.readString(output.resolve("explain.json")), "explain.json")
                .objects("pictures");
    }

    private static int chosen(Attribute attribute, int choice) {
        return Math.min(choice, attribute.classCount() - 1);
    }

    private int export(Path checkpoint) {
        return run(
                new ExportCommand(),
                List.of(
                        "--checkpoint",
                        checkpoint.toString(),
                        "--output",
                        folder.resolve("bundle").toString(),
                        "--explain"));
    }

    private int run(Object command, List<String> args) {
        CommandLine line = FacetCommands.commandLine(command);
        line.setErr(new PrintWriter(err, true));
        return line.execute(args.toArray(String[]::new));
    }
}
