package ai.facet.export.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.facet.export.TestBlocks;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Node;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BlockTracerTest {
    @Test
    void keepsTheBatchDynamic() {
        Graph graph = trace(TestBlocks.residual());
        assertThat(graph.nodes()).allSatisfy(node -> assertThat(node.shape()).doesNotContain(5L));
        assertThat(graph.outputs().values()).allMatch(node -> node.shape().get(0) == Node.BATCH);
    }

    @Test
    void namesConstantsByParameterPath() {
        assertThat(trace(TestBlocks.residual()).constants())
                .extracting(t -> t.name())
                .contains("01ParallelBlock_01SequentialBlock_01Conv2d_weight");
    }

    @Test
    void namesUnsupportedOperationAndItsBlock() {
        Block inner = new SequentialBlock().add(TestBlocks.conv(4, 1, 1, 0)).add(lambda(x -> x.cumSum(1)));
        assertThatThrownBy(() ->
                        trace(new SequentialBlock().add(Activation.reluBlock()).add(inner)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("cumSum(int)")
                .hasMessageContaining("\"02SequentialBlock/02LambdaBlock\"")
                .hasMessageContaining("Supported:")
                .hasMessageContaining("convolution(");
    }

    @Test
    void tellsSimilarBlocksApartByTheParametersReadBefore() {
        Block block = new SequentialBlock()
                .add(lambda(x -> x.abs()))
                .add(TestBlocks.conv(4, 1, 1, 0))
                .add(lambda(x -> x.cumSum(1)));
        assertThatThrownBy(() -> trace(block)).hasMessageContaining("called by Block \"03LambdaBlock\".");
    }

    @Test
    void refusesChangesInPlaceAndReadingValues() {
        assertThatThrownBy(() -> trace(lambda(x -> x.addi(1)))).hasMessageContaining("addi(Number)");
        assertThatThrownBy(() -> trace(lambda(x -> x.mul(x.toFloatArray()[0])))).hasMessageContaining("toFloatArray()");
    }

    @Test
    void refusesMixingTheBatchWithAnotherAxis() {
        assertThatThrownBy(() -> trace(lambda(x -> x.reshape(-1, 1, 2, 2))))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("expected the batch as one axis of its own");
    }

    @Test
    void refusesAComputationThatDependsOnTheBatch() {
        assertThatThrownBy(() -> trace(lambda(x -> x.mul(x.size(0))))).hasMessageContaining("expected the same step");
        assertThatThrownBy(() -> trace(lambda(x -> x.size(0) > 4 ? x.exp() : x.abs())))
                .hasMessageContaining("expected the same step");
        assertThatThrownBy(() -> trace(lambda(x -> x.size(0) > 4 ? x.exp().abs() : x.abs())))
                .hasMessageContaining("computes differently");
    }

    @Test
    void survivesClosingOfIntermediates() {
        Graph graph = trace(lambda(x -> {
            try (NDArray positive = x.abs()) {
                return positive.add(1);
            }
        }));
        assertThat(graph.nodes()).hasSize(4);
    }

    @Test
    void conversionsThatChangeNothingLeaveTheArrayAlone() {
        Graph graph = trace(lambda(x -> x.toType(DataType.FLOAT32, false).add(x)));

        assertThat(graph.outputs()).hasSize(1);
    }

    @Test
    void refusesWeightsThatAreNoNumbers() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block block = TestBlocks.conv(2, 1, 1, 0);
            TestBlocks.randomise(block, manager, 1, new Shape(1, 3, 4, 4));
            float[] weights = block.getParameters().get("weight").getArray().toFloatArray();
            weights[3] = Float.NaN;
            block.getParameters().get("weight").getArray().set(weights);
            assertThatThrownBy(() -> BlockTracer.trace(block, DataType.FLOAT32, 3, 4, 4))
                    .isInstanceOf(TraceException.class)
                    .hasMessageContaining("parameter weight holds NaN")
                    .hasMessageContaining("earlier checkpoint");
        }
    }

    @Test
    void refusesParametersWithoutValues() {
        assertThatThrownBy(() -> BlockTracer.trace(TestBlocks.conv(2, 1, 1, 0), DataType.FLOAT32, 3, 4, 4))
                .hasMessageContaining("not initialised");
    }

    @Test
    void runsTheBlockTwiceOnly() {
        AtomicInteger runs = new AtomicInteger();
        trace(lambda(x -> {
            runs.incrementAndGet();
            return x.abs();
        }));
        assertThat(runs).hasValue(2);
    }

    private static Block lambda(UnaryOperator<NDArray> function) {
        return new LambdaBlock(list -> new NDList(function.apply(list.singletonOrThrow())));
    }

    private static Graph trace(Block block) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TestBlocks.randomise(block, manager, 1, new Shape(1, 3, 16, 16));
            return BlockTracer.trace(block, DataType.FLOAT32, 3, 16, 16);
        }
    }
}
