package ai.facet.export.bundle;

import ai.djl.nn.Block;
import ai.facet.bundle.ModelBundle;
import ai.facet.export.parity.BlockRoad;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.Road;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every way to run what an export wrote, the network itself last: it is the reference of the others. */
final class Roads implements AutoCloseable {
    private final List<Road> roads = new ArrayList<>();

    private Roads() {}

    static Roads open(Path folder, Block network, boolean explain) throws IOException {
        Roads opened = new Roads();
        try {
            opened.roads.add(EngineRoad.torchScript(folder.resolve(ModelBundle.TORCHSCRIPT)));
            opened.roads.add(EngineRoad.onnx(folder.resolve(ModelBundle.ONNX)));
            if (explain) {
                opened.roads.add(EngineRoad.onnx("explain", folder.resolve(ModelBundle.EXPLAIN)));
            }
            opened.roads.add(BlockRoad.ofAttributes(network));
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    List<Road> all() {
        return roads;
    }

    @Override
    public void close() {
        roads.forEach(Road::close);
    }
}
