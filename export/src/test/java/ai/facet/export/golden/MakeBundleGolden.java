package ai.facet.export.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.facet.blocks.AttributeNetwork;
import ai.facet.blocks.OpenedNetwork;
import ai.facet.blocks.ParameterPaths;
import ai.facet.bundle.ModelBundle;
import ai.facet.description.ModelDescription;
import ai.facet.export.TestModels;
import ai.facet.export.bundle.BundleExporter;
import ai.facet.export.bundle.BundleOptions;
import ai.facet.export.parity.BlockRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.RealImages;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.network.MapPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Not a test: remakes the golden bundle when {@code scripts/goldens/make-bundle-golden.sh} asks for it. Everything in
 * it is drawn from seeds; nothing was trained, so the answers mean nothing.
 */
@EnabledIfSystemProperty(named = "facet.golden.output", matches = ".+")
class MakeBundleGolden {
    private static final int SIDE_PX = 32;
    private static final long SEED = 20260101;
    private static final long MAX_BYTES = 100_000;

    private final Path golden = Path.of(System.getProperty("facet.golden.output", "unset"));
    private final Path explain = golden.resolveSibling(golden.getFileName() + "-explain");
    private final Path inputs = golden.resolveSibling(golden.getFileName() + "-inputs");

    @Test
    void make() throws IOException {
        DrawnImages.write(inputs);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block network = network(manager);
            List<byte[]> images = RealImages.load(inputs, description().preprocessing());
            new BundleExporter(network, description(), BundleOptions.PLAIN).write(golden, images, true);
            AtomicFiles.real().writeText(inputs.resolve("expected.json"), expected(network, images));
            makeExplain(network);
            AtomicFiles.real().writeText(inputs.resolve("expected-heat.json"), expectedHeat(manager, images));
        }
        assertThat(bytes(golden) + bytes(inputs)).isLessThan(MAX_BYTES);
        assertThat(bytes(explain)).isLessThan(MAX_BYTES / 2);
    }

    /** Only the further file: the others are those of the golden bundle. */
    private void makeExplain(Block network) throws IOException {
        Path whole = golden.resolveSibling(golden.getFileName() + ".whole");
        new BundleExporter(network, description(), new BundleOptions(true, false, null)).write(whole, List.of(), true);
        Files.createDirectories(explain);
        Files.move(
                whole.resolve(ModelBundle.EXPLAIN),
                explain.resolve(ModelBundle.EXPLAIN),
                StandardCopyOption.REPLACE_EXISTING);
        try (var rest = Files.newDirectoryStream(whole)) {
            for (Path file : rest) {
                Files.delete(file);
            }
        }
        Files.delete(whole);
    }

    /** For each class of each attribute what speaks for it, from the Block's own maps and class weights. */
    private String expectedHeat(NDManager manager, List<byte[]> images) throws IOException {
        AttributeNetwork network = (AttributeNetwork) network(manager);
        OpenedNetwork opened = new OpenedNetwork(network, MapPlace.of(TestModels.tinySpec(), MapPlace.TOWER));
        ParameterStore store = new ParameterStore(manager, false);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Path> files = DrawnImages.files(inputs);
        for (int i = 0; i < images.size(); i++) {
            NDArray image =
                    manager.create(ByteBuffer.wrap(images.get(i)), new Shape(1, SIDE_PX, SIDE_PX, 3), DataType.UINT8);
            NDArray shared = opened.shared(store, image);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", String.valueOf(files.get(i).getFileName()));
            for (int a = 0; a < network.schema().size(); a++) {
                String id = network.schema().attributes().get(a).id();
                NDArray weights = Objects.requireNonNull(
                                ParameterPaths.of(network).get("tower." + id + ".layers.classes1.weight"))
                        .getArray(); // [classes, C, 1, 1]
                NDArray maps = opened.maps(store, shared, a); // [1, C, h, w]
                NDArray flat = maps.reshape(maps.getShape().get(1), -1); // [C, h * w]
                NDArray heat = weights.reshape(weights.getShape().get(0), -1)
                        .matMul(flat)
                        .maximum(0);
                row.put(id, Arrays.asList(rows(heat)));
            }
            rows.add(row);
        }
        return Json.writePretty(Map.of("images", rows));
    }

    private static Object[] rows(NDArray matrix) {
        Object[] rows = new Object[(int) matrix.getShape().get(0)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = list(matrix.get(i).toFloatArray());
        }
        return rows;
    }

    static ModelDescription description() {
        return TestModels.description("shapes", TestModels.tinySpec(), SIDE_PX);
    }

    static Block network(NDManager manager) {
        return TestModels.network(description(), manager, SEED);
    }

    /** Logits of the Block itself, so that other roads are judged by something they do not share. */
    private String expected(Block network, List<byte[]> images) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Path> files = DrawnImages.files(inputs);
        try (BlockRoad djl = BlockRoad.ofAttributes(network)) {
            for (int i = 0; i < images.size(); i++) {
                ImageBatch one = new ImageBatch(images.get(i), DataType.UINT8, List.of(1L, 32L, 32L, 3L));
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("file", String.valueOf(files.get(i).getFileName()));
                djl.run(one).forEach((name, logits) -> row.put(name, list(logits)));
                rows.add(row);
            }
        }
        return Json.writePretty(Map.of("images", rows));
    }

    private static List<Double> list(float[] values) {
        List<Double> list = new ArrayList<>();
        for (float value : values) {
            list.add((double) value);
        }
        return list;
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
