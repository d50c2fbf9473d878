package ai.facet.export.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Block itself in inference mode: what training evaluated. One thread at a time. */
public final class BlockRoad implements Road {
    private final Block block;
    private final String suffix;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    public BlockRoad(Block block) {
        this(block, "");
    }

    private BlockRoad(Block block, String suffix) {
        this.block = block;
        this.suffix = suffix;
    }

    /** A network whose outputs are logits named by attribute id; here they get the artifacts' names. */
    public static BlockRoad ofAttributes(Block block) {
        return new BlockRoad(block, "_logits");
    }

    @Override
    public String name() {
        return "djl";
    }

    @Override
    public Map<String, float[]> run(ImageBatch images) {
        try (NDManager batch = manager.newSubManager()) {
            NDList input = new NDList(images.array(batch));
            Map<String, float[]> named = new LinkedHashMap<>();
            outputs(block.forward(new ParameterStore(batch, false), input, false))
                    .forEach((name, values) -> named.put(name + suffix, values));
            return named;
        }
    }

    /** Arrays by name; those without one are {@code output0}, {@code output1}, ... as the tracer calls them. */
    static Map<String, float[]> outputs(NDList arrays) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (NDArray array : arrays) {
            String name = array.getName() == null ? "output" + outputs.size() : array.getName();
            outputs.put(name, array.toFloatArray());
        }
        return outputs;
    }

    @Override
    public void close() {
        manager.close();
    }
}
