package ai.facet.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchPartTest {
    @ParameterizedTest
    @CsvSource({
        "64, 1, 64, '64'",
        "64, 1, 16, '16 16 16 16'",
        "64, 2, 64, '32 32'",
        "64, 3, 64, '22 21 21'",
        "64, 3, 16, '11 11 11 11 10 10'",
        "8, 1, 3, '3 3 2'",
        "8, 1, 2147483647, '8'",
        "2, 3, 8, '1 1 0'"
    })
    void partsAreOfEqualSizesAndAsManyForEachDevice(int pictures, int devices, int most, String sizes) {
        List<BatchPart> parts = BatchPart.of(pictures, devices, most);

        assertThat(parts).extracting(BatchPart::size).containsExactlyElementsOf(numbers(sizes));
        assertThat(BatchPart.largest(pictures, devices, most))
                .isEqualTo(parts.get(0).size());
        assertThat(BatchPart.smallest(pictures, devices, most))
                .isEqualTo(parts.get(parts.size() - 1).size());
    }

    @Test
    void partsFollowOneAnother() {
        assertThat(BatchPart.of(7, 3, 9))
                .containsExactly(new BatchPart(0, 3), new BatchPart(3, 5), new BatchPart(5, 7));
    }

    private static List<Integer> numbers(String text) {
        return List.of(text.split(" ")).stream().map(Integer::valueOf).toList();
    }
}
