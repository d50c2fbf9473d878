package ai.facet.serve.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchSizesTest {
    private static final String BEFORE = """
            # TYPE facet_batch_size histogram
            facet_batch_size_bucket{model="a",version="1",le="1.0"} 2
            facet_batch_size_bucket{model="a",version="1",le="2.0"} 3
            facet_batch_size_bucket{model="a",version="1",le="+Inf"} 3
            facet_batch_size_count{model="a",version="1"} 3
            facet_batch_size_sum{model="a",version="1"} 4.0
            """;

    @Test
    void isTheDifferenceOfTwoStatesOverAllModels() {
        String after = """
                facet_batch_size_bucket{model="a",version="1",le="1.0"} 3
                facet_batch_size_bucket{model="a",version="1",le="2.0"} 6
                facet_batch_size_bucket{model="a",version="1",le="+Inf"} 6
                facet_batch_size_count{model="a",version="1"} 6
                facet_batch_size_sum{model="a",version="1"} 9.0
                facet_batch_size_bucket{model="b",version="1",le="1.0"} 1
                facet_batch_size_bucket{model="b",version="1",le="2.0"} 1
                facet_batch_size_count{model="b",version="1"} 1
                facet_batch_size_sum{model="b",version="1"} 1.0
                facet_queue_depth{model="a",version="1"} 7
                """;

        BatchSizes more = BatchSizes.parse(after).since(BatchSizes.parse(BEFORE));

        assertThat(more.inferences()).isEqualTo(4);
        assertThat(more.mean()).isEqualTo(1.5);
        assertThat(more.counts()).isEqualTo(Map.of(1, 2L, 2, 2L));
    }

    @Test
    void nothingMeasuredIsNoMean() {
        BatchSizes same = BatchSizes.parse(BEFORE).since(BatchSizes.parse(BEFORE));

        assertThat(same.mean()).isZero();
        assertThat(same.counts()).isEmpty();
    }
}
