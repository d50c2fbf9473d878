package ai.facet.export.trace;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Tensor;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Traces an initialised Block in inference mode. It runs twice, with batch 3 and 5: integers that differ come from the
 * batch, anything else that differs is an error. Not thread-safe for one Block.
 */
public final class BlockTracer {
    private static final int FIRST_BATCH = 3;
    private static final int SECOND_BATCH = 5;

    /** What an only input is called. */
    private static final String IMAGE = "image";

    private final Block block;
    private final List<BlockInput> inputs;
    /** Copied once for both runs: large networks would need their weights twice. */
    private final IdentityHashMap<Parameter, Tensor> parameters = new IdentityHashMap<>();

    private BlockTracer(Block block, List<BlockInput> inputs) {
        this.block = block;
        this.inputs = inputs;
    }

    /**
     * The graph of a Block with one input, called {@code image}. Outputs bear the names of the arrays that the Block
     * returns, or {@code output0}, {@code output1}, ... where those have none.
     *
     * @param inputType {@code UINT8} or {@code FLOAT32}
     * @param imageShape the input's shape without the batch axis
     * @throws TraceException if the Block uses something that is not supported
     */
    public static Graph trace(Block block, DataType inputType, long... imageShape) {
        return trace(block, List.of(BlockInput.of(IMAGE, inputType, imageShape)));
    }

    /**
     * The graph of a Block with several inputs, which share their batch.
     *
     * @param inputs in the order of the list that the Block takes
     * @throws TraceException if the Block uses something that is not supported
     */
    public static Graph trace(Block block, List<BlockInput> inputs) {
        if (inputs.stream().map(BlockInput::name).distinct().count() != inputs.size() || inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs "
                    + inputs.stream().map(BlockInput::name).toList() + "; expected different names, at least one");
        }
        return new BlockTracer(block, inputs).trace();
    }

    private Graph trace() {
        Graph first = run(FIRST_BATCH);
        Graph second = run(SECOND_BATCH);
        return new TraceMerge(FIRST_BATCH, SECOND_BATCH).merge(first, second);
    }

    private Graph run(int batch) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return new Recording(block, manager, parameters).run(inputs, batch);
        }
    }
}
