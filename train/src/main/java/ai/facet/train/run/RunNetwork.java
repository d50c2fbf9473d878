package ai.facet.train.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.facet.blocks.Freezing;
import ai.facet.blocks.HostFloats;
import ai.facet.blocks.NetworkBlocks;
import ai.facet.blocks.NetworkLoader;
import ai.facet.blocks.NetworkWeights;
import ai.facet.blocks.ParameterPaths;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import ai.facet.cli.UserException;
import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.StartConfig;
import ai.facet.train.config.TorchEngine;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.loop.NetworkEvaluation;
import ai.facet.train.memory.MemoryEstimate;
import ai.facet.train.optimize.OptimizerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A network on its device, with what is needed to describe and store it. Engine thread only. */
final class RunNetwork implements AutoCloseable {
    private static final String OPTIMIZER = "optimizer/";
    private static final String ENGINE = "PyTorch";
    private static final String LICENCE = "not stated";

    private final ModelDescription description;
    private final Block block;
    private final Device device;
    private final NDManager manager;

    private RunNetwork(ModelDescription description, Block block, Device device, NDManager manager) {
        this.description = description;
        this.block = block;
        this.device = device;
        this.manager = manager;
    }

    /**
     * A network with weights from the configuration's seed.
     *
     * @throws UserException (exit 2) if the network is not known or the pictures are too small for it
     */
    static RunNetwork create(TrainingConfig config, AttributeSchema schema, Preprocessing pre, Device device) {
        ModelDescription description;
        Block block;
        try {
            description = new ModelDescription(
                    config.network().name(),
                    schema,
                    pre,
                    config.network(),
                    schema.attributes().stream().map(a -> Calibration.NONE).toList(),
                    Map.of(),
                    LICENCE);
            block = NetworkBlocks.create(config.network(), schema, pre);
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
        NDManager manager = NDManager.newBaseManager(device, ENGINE);
        TorchEngine.get().setRandomSeed((int) config.initSeed());
        NetworkBlocks.initialize(block, manager, pre);
        if (device.isGpu()) {
            takeWeightsOfCpu(block, NetworkBlocks.create(config.network(), schema, pre), pre, config.initSeed());
        }
        freeze(block, config.start());
        return new RunNetwork(description, block, device, manager);
    }

    private static void freeze(Block block, StartConfig start) {
        try {
            Freezing.freeze(block, start.frozen(), start::isFrozen);
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments("--freeze: " + e.getMessage());
        }
    }

    /** A GPU has a random generator of its own: so a seed gives the same first weights everywhere. */
    private static void takeWeightsOfCpu(Block block, Block onCpu, Preprocessing input, long seed) {
        try (NDManager cpu = NDManager.newBaseManager(Device.cpu(), ENGINE)) {
            TorchEngine.get().setRandomSeed((int) seed);
            NetworkBlocks.initialize(onCpu, cpu, input);
            NetworkWeights.load(block, byPath(onCpu));
        }
    }

    /**
     * The same network with the same weights and frozen parts, on this or another device.
     *
     * @param start says what is frozen
     */
    RunNetwork copyTo(Device other, StartConfig start) {
        Block copy = NetworkBlocks.create(description.network(), schema(), preprocessing());
        NDManager own = NDManager.newBaseManager(other, ENGINE);
        try {
            NetworkBlocks.initialize(copy, own, preprocessing());
            NetworkWeights.load(copy, byPath(block));
            freeze(copy, start);
            return new RunNetwork(description, copy, other, own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static Map<String, Tensor> byPath(Block block) {
        return NetworkWeights.copy(block, "").stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    }

    /** A stored network. */
    static RunNetwork of(Checkpoint checkpoint, Device device) {
        NDManager manager = NDManager.newBaseManager(device, ENGINE);
        try {
            return new RunNetwork(
                    checkpoint.description(), NetworkLoader.loadBlock(checkpoint, manager), device, manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    void load(Checkpoint checkpoint) {
        NetworkWeights.load(block, checkpoint.weights());
    }

    void loadOptimizer(Checkpoint checkpoint, OptimizerState state) {
        checkpoint.tensors().forEach((name, tensor) -> {
            if (name.startsWith(OPTIMIZER)) {
                NDArray array = manager.create(tensor.toFloats(), new Shape(tensor.dimensions()));
                state.restore(name.substring(OPTIMIZER.length()), array);
            }
        });
    }

    Checkpoint toCheckpoint(Map<String, ?> provenance, String state, @Nullable OptimizerState optimizer) {
        List<Tensor> tensors = new ArrayList<>(NetworkWeights.copy(block, Checkpoint.WEIGHTS));
        if (optimizer != null) {
            optimizer.forEach((name, array) -> tensors.add(tensor(OPTIMIZER + name, array)));
        }
        return Checkpoint.of(description.withProvenance(provenance), state, tensors);
    }

    private static Tensor tensor(String name, NDArray array) {
        List<Long> shape = LongStream.of(array.getShape().getShape()).boxed().toList();
        return Tensor.ofFloats(name, shape, HostFloats.of(array));
    }

    NetworkEvaluation evaluation(ExecutorService readers) {
        return evaluation(readers, MemoryEstimate.EVALUATION_BATCH);
    }

    /** @param most pictures that may go through the network at once, so that measuring needs no more memory than training */
    NetworkEvaluation evaluation(ExecutorService readers, int most) {
        return new NetworkEvaluation(
                block, schema(), frame(), Math.min(most, MemoryEstimate.EVALUATION_BATCH), readers);
    }

    ModelDescription description() {
        return description;
    }

    AttributeSchema schema() {
        return description.schema();
    }

    Preprocessing preprocessing() {
        return description.preprocessing();
    }

    Frame frame() {
        return new Frame(preprocessing().widthPx(), preprocessing().heightPx());
    }

    Block block() {
        return block;
    }

    Device device() {
        return device;
    }

    NDManager manager() {
        return manager;
    }

    /** Trainable numbers. */
    long parameterCount() {
        return ParameterPaths.of(block).values().stream()
                .filter(p -> p.requiresGradient())
                .mapToLong(p -> p.getArray().size())
                .sum();
    }

    @Override
    public void close() {
        manager.close();
    }
}
