package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.facet.export.parity.BlockRoad;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.LogitDifference;
import ai.facet.export.parity.Road;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Exports a Block with random weights, reloads both artifacts and compares them with the Block at batch 1, 2 and 7.
 *
 * @param folder for the artifacts
 * @param negativeFactors whether batch norms get factors of both signs
 */
public record ExportAgreement(Path folder, Block block, DataType type, boolean negativeFactors) {
    private static final long SEED = 7;

    ExportAgreement(Path folder, Block block) {
        this(folder, block, DataType.FLOAT32);
    }

    public ExportAgreement(Path folder, Block block, DataType type) {
        this(folder, block, type, false);
    }

    /** With one negative gamma in each batch norm. */
    public ExportAgreement withNegativeFactors() {
        return new ExportAgreement(folder, block, type, true);
    }

    public BlockExporter check(long... imageShape) throws IOException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TestBlocks.randomise(block, manager, SEED, new Shape(1).addAll(new Shape(imageShape)));
            if (negativeFactors) {
                TestBlocks.makeAFactorNegative(block);
            }
            BlockExporter exporter = BlockExporter.of(block, type, imageShape);
            Path onnxFile = folder.resolve("block.onnx");
            Path torchFile = folder.resolve("block.pt");
            exporter.writeOnnx(onnxFile);
            exporter.writeTorchScript(torchFile);
            try (Road djl = new BlockRoad(block);
                    Road onnx = EngineRoad.onnx(onnxFile);
                    Road torch = EngineRoad.torchScript(torchFile)) {
                for (int batch : List.of(1, 2, 7)) {
                    ImageBatch images = ImageBatch.random(
                            new Random(batch),
                            type,
                            batch,
                            Arrays.stream(imageShape).boxed().toList());
                    Map<String, float[]> expected = djl.run(images);
                    assertClose(onnx.run(images), expected);
                    assertClose(torch.run(images), expected);
                }
            }
            return exporter;
        }
    }

    private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, values) -> {
            assertThat(spread(values))
                    .as("the Block's own %s says something", name)
                    .isGreaterThan(1e-3f);
            float tolerance = (float) LogitDifference.TOLERANCE * Math.max(1, largest(values));
            assertThat(actual.get(name)).as(name).containsExactly(values, within(tolerance));
        });
    }

    private static float spread(float[] values) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return max - min;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
