package ai.facet.export.verify;

import ai.djl.ndarray.NDManager;
import ai.facet.blocks.ConvolutionCheck;
import ai.facet.blocks.NetworkLoader;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.export.parity.BlockRoad;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.Road;
import java.io.IOException;
import java.nio.file.Path;

/** What runs a file. Only child processes open one. */
enum Engine {
    ONNX_RUNTIME("ONNX Runtime") {
        @Override
        Road open(Path file) throws IOException {
            return EngineRoad.onnx(file);
        }
    },
    TORCHSCRIPT("libtorch") {
        @Override
        Road open(Path file) throws IOException {
            requireRightConvolutions();
            return EngineRoad.torchScript(file);
        }
    },
    CHECKPOINT("DJL on libtorch") {
        @Override
        Road open(Path file) throws IOException {
            requireRightConvolutions();
            Checkpoint checkpoint = Checkpoint.read(file);
            // open until the process ends: the Block's weights live in it
            NDManager weights = NDManager.newBaseManager("PyTorch");
            return BlockRoad.ofAttributes(NetworkLoader.loadBlock(checkpoint, weights));
        }
    };

    private final String title;

    Engine(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract Road open(Path file) throws IOException;

    private static void requireRightConvolutions() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            ConvolutionCheck.require(manager);
        }
    }
}
