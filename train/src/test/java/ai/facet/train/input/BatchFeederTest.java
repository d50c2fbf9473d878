package ai.facet.train.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.train.input.BatchFeeder.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchFeederTest {
    private static final Frame FRAME = new Frame(4, 2);

    private final ExecutorService readers = Executors.newFixedThreadPool(3);

    @AfterEach
    void stopReaders() {
        readers.shutdownNow();
    }

    @Test
    void everyPictureComesOnceAnEpochInAnotherOrderEach() throws IOException {
        List<Integer> first = labelsOf(plan(0, 0, 40));
        List<Integer> second = labelsOf(plan(1, 0, 40));

        assertThat(first).hasSize(40).doesNotHaveDuplicates().isNotEqualTo(second);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void startingInTheMiddleGivesTheRestOfTheSameEpoch() throws IOException {
        List<String> whole = contentsOf(plan(3, 0, 40));
        List<String> rest = contentsOf(plan(3, 4, 40));

        assertThat(rest).isEqualTo(whole.subList(4, whole.size()));
    }

    @Test
    void trainingDropsABatchThatIsNotFullAndEvaluationKeepsIt() throws IOException {
        assertThat(labelsOf(plan(0, 0, 43))).hasSize(40);
        assertThat(labelsOf(BatchPlan.evaluation(43, 8))).hasSize(43).isSorted();
    }

    @Test
    void aSetSmallerThanABatchIsOneBatch() throws IOException {
        assertThat(labelsOf(plan(0, 0, 5))).hasSize(5);
    }

    @Test
    void flipsAboutHalfAndMirrorsRows() throws IOException {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Set<String> seen = new HashSet<>();
        int flipped = 0;
        for (int i = 0; i < 400; i++) {
            byte[] copy = pixels.clone();
            new HorizontalFlip().apply(copy, 2, 2, Seeds.random(7, i));
            seen.add(Arrays.toString(copy));
            flipped += copy[0] == 1 ? 0 : 1;
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        Arrays.toString(pixels), Arrays.toString(new byte[] {4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9}));
        assertThat(flipped).isBetween(160, 240);
    }

    @Test
    void aPictureThatCannotBeReadNamesItself() {
        Pictures broken = new Numbered(8) {
            @Override
            public void readPixels(int index, byte[] pixelsHwc) throws IOException {
                throw new IOException("people.csv:12: photo.jpg ends too early");
            }
        };
        try (BatchFeeder feeder =
                new BatchFeeder(broken, BatchPlan.evaluation(8, 4), FRAME, new PixelBuffers(96), readers)) {
            assertThatThrownBy(feeder::next).isInstanceOf(IOException.class).hasMessageContaining("people.csv:12");
        }
    }

    private static BatchPlan plan(int epoch, int firstBatch, int pictures) {
        return BatchPlan.training(pictures, 8, List.of(new HorizontalFlip()), 99, epoch, firstBatch);
    }

    private List<Integer> labelsOf(BatchPlan plan) throws IOException {
        List<Integer> labels = new ArrayList<>();
        try (BatchFeeder feeder = feeder(plan)) {
            for (HostBatch batch = feeder.next(); batch != null; batch = feeder.next()) {
                Arrays.stream(batch.labels()).forEach(row -> labels.add(row[0]));
                feeder.giveBack(batch);
            }
        }
        return labels;
    }

    private List<String> contentsOf(BatchPlan plan) throws IOException {
        List<String> contents = new ArrayList<>();
        try (BatchFeeder feeder = feeder(plan)) {
            for (HostBatch batch = feeder.next(); batch != null; batch = feeder.next()) {
                byte[] pixels = new byte[batch.pixelsNhwc().remaining()];
                batch.pixelsNhwc().duplicate().get(pixels);
                contents.add(Arrays.toString(pixels));
                feeder.giveBack(batch);
            }
        }
        return contents;
    }

    private BatchFeeder feeder(BatchPlan plan) {
        int pictures = plan.order().length;
        return new BatchFeeder(new Numbered(pictures), plan, FRAME, new PixelBuffers(FRAME.bytes() * 8), readers);
    }

    /** Picture i has label i, and pixels that depend on i and the position. */
    private static class Numbered implements Pictures {
        private final int size;

        Numbered(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int[] labels(int index) {
            return new int[] {index};
        }

        @Override
        public void readPixels(int index, byte[] pixelsHwc) throws IOException {
            for (int i = 0; i < pixelsHwc.length; i++) {
                pixelsHwc[i] = (byte) (index * 31 + i);
            }
        }
    }
}
