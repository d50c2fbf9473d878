package ai.facet.export.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParityCheckTest {
    private static final int PIXELS = 2 * 2 * 3;

    @Test
    void oneDifferentAnswerToTheLastRealImageIsFound() throws IOException {
        List<byte[]> images =
                IntStream.range(0, 16).mapToObj(ParityCheckTest::plain).toList();

        ParityReport same = check(-1).run(1, List.of(2L, 2L, 3L), images);
        ParityReport different = check(15).run(1, List.of(2L, 2L, 3L), images);

        assertThat(same.passed()).isTrue();
        assertThat(same.realImages()).isEqualTo(16);
        assertThat(different.passed()).isFalse();
    }

    @Test
    void noiseAloneIsCheckedToo() throws IOException {
        ParityReport report = check(-1).run(1, List.of(2L, 2L, 3L), List.of());

        assertThat(report.realImages()).isZero();
        assertThat(report.randomImages()).isEqualTo(10);
    }

    @Test
    void oneRoadIsOpenAtATime() throws IOException {
        List<String> events = new ArrayList<>();

        new ParityCheck(List.of(recorded("a", events), recorded("b", events)), List.of("logits"))
                .run(1, List.of(2L, 2L, 3L), List.of());

        assertThat(events).containsExactly("open a", "close a", "open b", "close b");
    }

    private static Road.Opener recorded(String name, List<String> events) {
        return () -> {
            events.add("open " + name);
            return road(name, -1, () -> events.add("close " + name));
        };
    }

    private static byte[] plain(int value) {
        byte[] image = new byte[PIXELS];
        Arrays.fill(image, (byte) value);
        return image;
    }

    private static ParityCheck check(int oddValue) {
        return new ParityCheck(
                List.of(() -> road("a", oddValue, () -> {}), () -> road("b", -1, () -> {})), List.of("logits"));
    }

    /** Answers with the sum of the pixels, and wrongly about the plain image of one value. */
    private static Road road(String name, int oddValue, Runnable closing) {
        return new Road() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Map<String, float[]> run(ImageBatch images) {
                float[] sums = new float[images.bytes().length / PIXELS];
                for (int i = 0; i < sums.length; i++) {
                    byte[] image = Arrays.copyOfRange(images.bytes(), i * PIXELS, (i + 1) * PIXELS);
                    boolean odd = oddValue >= 0 && Arrays.equals(image, plain(oddValue));
                    sums[i] = odd
                            ? -1
                            : (float) IntStream.range(0, PIXELS)
                                    .map(k -> image[k])
                                    .sum();
                }
                return Map.of("logits", sums);
            }

            @Override
            public void close() {
                closing.run();
            }
        };
    }
}
