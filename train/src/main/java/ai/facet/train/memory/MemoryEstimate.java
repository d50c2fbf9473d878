package ai.facet.train.memory;

import ai.facet.network.NetworkSummary;
import ai.facet.network.NetworkSummary.Activations;
import ai.facet.train.config.OptimizerConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The peak memory of a training on a CPU, in bytes.
 *
 * @param processBytes Java, libtorch and everything else that does not depend on the network
 * @param parameterBytes weights, gradients, the flags of weight decay, the optimizer's state, averages
 * @param updateBytes the most that an update needs on top, when no activations are there
 * @param trainingBytes activations and their gradients at the worst moment of a step
 * @param answeringBytes activations at the worst moment of a validation
 */
public record MemoryEstimate(
        long processBytes, long parameterBytes, long updateBytes, long trainingBytes, long answeringBytes) {
    /** Pictures that go through the network at once in a validation, at most. */
    public static final int EVALUATION_BATCH = 64;

    /** Measured with a heap of 1 GiB, of which a training uses little; libtorch's code and JIT are most of it. */
    private static final long PROCESS_BYTES = 500L << 20;

    private static final long FLOAT = Float.BYTES;
    /** Weights, gradients, flags. */
    private static final int ARRAYS = 3;
    /** Of an update at once: all gradients as one array, and two of the rule's own. */
    private static final int UPDATE_ARRAYS = 3;

    /** @param microBatch pictures that go through the network at once */
    public static MemoryEstimate of(NetworkSummary network, OptimizerConfig optimizer, int microBatch) {
        return of(network, optimizer, microBatch, 1);
    }

    /**
     * Of several networks on the CPU, which compute one after the other.
     *
     * @param microBatch pictures that go through a network at once
     * @param replicas networks
     */
    public static MemoryEstimate of(NetworkSummary network, OptimizerConfig optimizer, int microBatch, int replicas) {
        Activations activations = network.activations();
        long array = FLOAT * network.parameters();
        return new MemoryEstimate(
                PROCESS_BYTES,
                array * (ARRAYS * replicas + stateArrays(optimizer)),
                array * UPDATE_ARRAYS,
                activations.trainingBytes() * microBatch,
                activations.answeringBytes() * Math.min(EVALUATION_BATCH, microBatch));
    }

    private static int stateArrays(OptimizerConfig optimizer) {
        int rule = switch (optimizer.kind()) {
            case SGD -> 1;
            case ADAMW -> 2;
        };
        return rule + (optimizer.emaDecay() > 0 ? 1 : 0);
    }

    /** The peak of the whole process. */
    public long totalBytes() {
        return processBytes + parameterBytes + Math.max(updateBytes, Math.max(trainingBytes, answeringBytes));
    }

    /** For files. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processBytes", processBytes);
        json.put("parameterBytes", parameterBytes);
        json.put("updateBytes", updateBytes);
        json.put("trainingBytes", trainingBytes);
        json.put("answeringBytes", answeringBytes);
        json.put("totalBytes", totalBytes());
        return json;
    }
}
