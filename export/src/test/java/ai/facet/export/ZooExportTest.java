package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.basicmodelzoo.cv.classification.AlexNet;
import ai.djl.basicmodelzoo.cv.classification.GoogLeNet;
import ai.djl.basicmodelzoo.cv.classification.LeNet;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.NiN;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.SqueezeNet;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.facet.export.graph.BatchNorm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** DJL's own networks go through the exporter unchanged: depthwise convolutions, relu6, concatenation, ceil pooling. */
class ZooExportTest {
    @TempDir
    Path folder;

    static Stream<Arguments> quick() {
        return Stream.of(
                network("MLP", new Mlp(28 * 28, 10, new int[] {64, 32}), 1, 28),
                network("LeNet", LeNet.builder().build(), 1, 28),
                network("MobileNetV2", MobileNetV2.builder().setOutSize(10).build(), 3, 32),
                network("ResNet-18", resNet(18), 3, 32));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                network("MobileNetV1", MobileNetV1.builder().setOutSize(10).build(), 3, 64),
                network("SqueezeNet", SqueezeNet.squeezenet(10), 3, 64),
                network("GoogLeNet", GoogLeNet.builder().build(), 3, 64),
                network("NiN", NiN.builder().build(), 3, 96),
                network("AlexNet", AlexNet.builder().build(), 3, 96),
                network("VGG-11", VGG.builder().build(), 3, 32),
                network("ResNet-34", resNet(34), 3, 32),
                network("ResNet-50", resNet(50), 3, 32),
                network("ResNet-101", resNet(101), 3, 32));
    }

    @ParameterizedTest
    @MethodSource("quick")
    void agreesInBothFormats(Block block, long channels, long sidePx) throws IOException {
        BlockExporter exporter = new ExportAgreement(folder, block).check(channels, sidePx, sidePx);
        assertThat(exporter.graph().nodes()).noneMatch(n -> n.op() instanceof BatchNorm);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("others")
    void othersAgreeToo(Block block, long channels, long sidePx) throws IOException {
        new ExportAgreement(folder, block).check(channels, sidePx, sidePx);
    }

    private static Block resNet(int layers) {
        return ResNetV1.builder()
                .setNumLayers(layers)
                .setImageShape(new Shape(3, 32, 32))
                .setOutSize(10)
                .build();
    }

    private static Arguments network(String name, Block block, long channels, long sidePx) {
        return Arguments.of(Named.of(name, block), channels, sidePx);
    }
}
