package ai.facet.serve.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.cli.UserException;
import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.network.Presets;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.serve.inference.BatchInference;
import ai.facet.serve.inference.BatchOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatcherTest {
    @Test
    void aBatchBeyondAnyBufferNamesTheOptionAndTheLimit() {
        // 4096 x 4096 x 3 = 50331648 bytes a picture; 2^31 - 1 hold 42 of them
        assertThatThrownBy(() -> new Batcher(new Large(), 1024, job -> {}, ServiceObserver.NONE))
                .isInstanceOf(UserException.class)
                .hasMessage("--max-batch is 1024; with pictures of 50331648 bytes expected at most 42");
    }

    @Test
    void aBatchBeyondTheMemoryNamesTheOptionAndTheHeap() {
        // 2013 MB, where the tests' direct memory is as small as their heap
        org.junit.jupiter.api.Assumptions.assumeTrue(Runtime.getRuntime().maxMemory() < 1_900_000_000L);
        assertThatThrownBy(() -> new Batcher(new Large(), 40, job -> {}, ServiceObserver.NONE))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll("--max-batch is 40", "2013 MB", "FACET_HEAP");
    }

    private static final class Large implements BatchInference {
        @Override
        public ModelDescription description() {
            return new ModelDescription(
                    "large",
                    new AttributeSchema(List.of(new Attribute("light", "Light", List.of("dark", "bright")))),
                    Preprocessing.square(4096),
                    Presets.byName("facet-s"),
                    List.of(Calibration.NONE),
                    Map.of(),
                    "Apache-2.0");
        }

        @Override
        public BatchOutput run(ByteBuffer imagesNhwc, int batch) {
            throw new IllegalStateException("not asked in this test");
        }

        @Override
        public void close() {}
    }
}
