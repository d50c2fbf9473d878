package ai.facet.train.bench;

import ai.djl.Device;
import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.train.input.BatchFeeder;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.BatchPlan;
import ai.facet.train.input.DecodedPictures;
import ai.facet.train.input.HorizontalFlip;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.PictureCheck;
import ai.facet.train.input.PictureReader;
import ai.facet.train.input.PixelBuffers;
import ai.facet.train.input.PixelStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Epochs on real pictures, read and mirrored while the network computes, beside as many steps on one batch that lies
 * ready: what is lost by waiting for data. Engine thread only.
 */
final class EpochBench implements AutoCloseable {
    private final FacetContender facet;
    private final Workload work;
    private final DecodedPictures pictures;
    private final @Nullable PixelStore store;
    private final ExecutorService readers;
    private final PixelBuffers buffers;
    private @Nullable HostBatch ready;

    private EpochBench(
            FacetContender facet,
            Workload work,
            DecodedPictures pictures,
            @Nullable PixelStore store,
            ExecutorService readers) {
        this.facet = facet;
        this.work = work;
        this.pictures = pictures;
        this.store = store;
        this.readers = readers;
        this.buffers = new PixelBuffers(work.batchSize() * work.preprocessing().imageBytes());
    }

    /**
     * Opens the pictures.
     *
     * @param cacheFolder where decoded pictures are kept; null decodes them in every epoch
     */
    static EpochBench open(
            Workload work, AnnotationTable table, @Nullable Path cacheFolder, ExecutorService readers, Device device)
            throws IOException {
        PictureReader reader = new PictureReader(work.preprocessing());
        int bytes = work.preprocessing().imageBytes();
        PixelStore store = cacheFolder == null ? null : PixelStore.open(cacheFolder, bytes);
        new PictureCheck(reader, bytes, store)
                .run(table.images(), readers, done -> {})
                .refuseOrSkip(table.size(), false);
        List<AnnotatedImage> images = table.images();
        DecodedPictures pictures = new DecodedPictures(
                images, IntStream.range(0, images.size()).boxed().toList(), reader, store);
        return new EpochBench(new FacetContender(work, table.schema(), device), work, pictures, store, readers);
    }

    /** Steps of an epoch. */
    int steps() {
        return pictures.size() / work.batchSize();
    }

    /** Milliseconds of an epoch with its reading. */
    double epochMillis(int epoch) throws IOException {
        BatchPlan plan = BatchPlan.training(
                pictures.size(), work.batchSize(), List.of(new HorizontalFlip()), work.seed(), epoch, 0);
        Frame frame = new Frame(work.sizePx(), work.sizePx());
        long start = System.nanoTime();
        try (BatchFeeder feeder = new BatchFeeder(pictures, plan, frame, buffers, readers)) {
            for (HostBatch batch = feeder.next(); batch != null; batch = feeder.next()) {
                facet.enqueue(batch);
                feeder.giveBack(batch);
            }
        }
        facet.await();
        return (System.nanoTime() - start) / 1e6;
    }

    /** Milliseconds of as many steps on pictures that lie ready. */
    double bareMillis() throws IOException {
        HostBatch batch = ready();
        long start = System.nanoTime();
        for (int i = 0; i < steps(); i++) {
            batch.pixelsNhwc().rewind();
            facet.enqueue(batch);
        }
        facet.await();
        return (System.nanoTime() - start) / 1e6;
    }

    private HostBatch ready() throws IOException {
        if (ready == null) {
            BatchPlan plan =
                    BatchPlan.training(pictures.size(), work.batchSize(), List.of(), work.seed(), 0, steps() - 1);
            Frame frame = new Frame(work.sizePx(), work.sizePx());
            try (BatchFeeder feeder = new BatchFeeder(pictures, plan, frame, buffers, readers)) {
                ready = Objects.requireNonNull(feeder.next(), "an epoch has at least one batch");
            }
        }
        return ready;
    }

    @Override
    public void close() throws IOException {
        facet.close();
        if (store != null) {
            store.close();
        }
    }
}
