package ai.facet.train.input;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batches of one epoch a few ahead of their use. {@link #next}, {@link #giveBack} and {@link #close} belong
 * to one thread; pictures are read by the executor's threads. The order of batches is that of the plan.
 */
public final class BatchFeeder implements AutoCloseable {
    private static final int AHEAD = 4;

    private final Pictures pictures;
    private final BatchPlan plan;
    private final Frame frame;
    private final PixelBuffers buffers;
    private final Executor readers;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private int nextBatch;

    /** The network's input size in pixels. */
    public record Frame(int widthPx, int heightPx) {
        public int bytes() {
            return widthPx * heightPx * 3;
        }
    }

    private record Pending(FutureTask<HostBatch> task, ByteBuffer buffer) {}

    public BatchFeeder(Pictures pictures, BatchPlan plan, Frame frame, PixelBuffers buffers, Executor readers) {
        this.pictures = pictures;
        this.plan = plan;
        this.frame = frame;
        this.buffers = buffers;
        this.readers = readers;
        this.nextBatch = plan.firstBatch();
    }

    /**
     * The next batch, or null after the last one.
     *
     * @throws IOException if a picture cannot be read
     */
    public @Nullable HostBatch next() throws IOException {
        while (pending.size() < AHEAD && nextBatch < plan.batches()) {
            submit(nextBatch++);
        }
        Pending first = pending.poll();
        if (first == null) {
            return null;
        }
        try {
            return first.task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for pictures");
        }
    }

    /** Lets a batch's buffer be used again: nothing may read it any more. */
    public void giveBack(HostBatch batch) {
        buffers.giveBack(batch.pixelsNhwc());
    }

    /** Abandons batches that were made ahead. */
    @Override
    public void close() {
        for (Pending left : pending) {
            left.task.cancel(false);
        }
        pending.clear(); // their buffers may still be written to: they are not used again
    }

    private void submit(int batch) {
        ByteBuffer buffer = buffers.take();
        FutureTask<HostBatch> task = new FutureTask<>(() -> read(batch, buffer));
        pending.add(new Pending(task, buffer));
        readers.execute(task);
    }

    private HostBatch read(int batch, ByteBuffer buffer) throws IOException {
        int from = plan.from(batch);
        int[][] labels = new int[plan.to(batch) - from][];
        byte[] pixels = new byte[frame.bytes()];
        for (int i = 0; i < labels.length; i++) {
            int picture = plan.order()[from + i];
            pictures.readPixels(picture, pixels);
            plan.augment(from + i, pixels, frame.widthPx, frame.heightPx);
            buffer.put(pixels);
            labels[i] = pictures.labels(picture);
        }
        return new HostBatch(buffer.flip(), labels, plan.mix(batch, buffer, labels, frame));
    }
}
