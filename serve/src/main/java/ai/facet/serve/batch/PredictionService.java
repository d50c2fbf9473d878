package ai.facet.serve.batch;

import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.description.ModelDescription;
import ai.facet.prediction.Prediction;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.serve.inference.BatchInference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** One model's service. Safe from many threads; {@link #predict} never blocks. */
public final class PredictionService implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger();
    private static final long STOP_SECONDS = 10;

    private final BatchInference model;
    private final ServiceLimits limits;
    private final ImageDecoder decoder;
    private final PixelPipeline pipeline;
    private final ExecutorService decoders;
    private final Batcher batcher;
    private final Thread batcherThread;
    private final ScarceMemory memory = new ScarceMemory();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Queue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();

    /** Starts the threads; the service owns the model from here on. */
    public PredictionService(BatchInference model, ServiceLimits limits, DecodeLimits decodeLimits) {
        this.model = model;
        this.limits = limits;
        this.decoder = new ImageDecoder(decodeLimits);
        this.pipeline = new PixelPipeline(model.description().preprocessing());
        String name = model.description().name();
        this.decoders = Executors.newFixedThreadPool(limits.decoders(), task -> daemon(task, "decode-" + name));
        this.batcher = new Batcher(model, limits.maxBatch(), job -> idleBuffers.add(job.pixels()));
        this.batcherThread = daemon(batcher, "infer-" + name);
        batcherThread.start();
    }

    public ModelDescription description() {
        return model.description();
    }

    /** Whether the threads that answer are alive; for health checks. */
    public boolean isHealthy() {
        return batcherThread.isAlive() && !decoders.isShutdown();
    }

    /** Inferences so far. */
    public long batches() {
        return batcher.batches();
    }

    /** Pictures that are decoded and wait for an inference. */
    public int queued() {
        return batcher.queued();
    }

    /**
     * Tells before a picture is sent whether it would be turned away now.
     *
     * @throws OverloadedException if too many pictures are under way
     */
    public void requireRoom() {
        if (admitted.get() >= limits.admitted()) {
            throw full();
        }
    }

    private OverloadedException full() {
        return new OverloadedException(limits.admitted() + " pictures are under way; try again later");
    }

    /** Gives an encoded picture; runs on a decoding thread. */
    @FunctionalInterface
    public interface EncodedPicture {
        byte[] read() throws IOException;
    }

    /**
     * Answers a picture.
     *
     * @param name what the picture is called in error messages
     * @return fails with {@link IOException} or {@link IllegalArgumentException} for a bad picture and with
     *     {@link java.util.concurrent.TimeoutException} after the deadline
     * @throws OverloadedException if too many pictures are under way; then {@code picture} is never read
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the stages only count and time; the answer itself is returned
    public CompletableFuture<Prediction> predict(EncodedPicture picture, String name) {
        if (admitted.incrementAndGet() > limits.admitted()) {
            admitted.decrementAndGet();
            throw full();
        }
        CompletableFuture<Prediction> answer = new CompletableFuture<>();
        answer.whenComplete((prediction, failure) -> admitted.decrementAndGet());
        answer.orTimeout(limits.deadline().toMillis(), TimeUnit.MILLISECONDS);
        try {
            decoders.execute(new Decoding(picture, name, answer));
        } catch (RejectedExecutionException e) {
            answer.cancel(false);
            throw new OverloadedException("the service has stopped");
        } catch (Error e) { // no memory for a thread
            answer.completeExceptionally(e);
            throw e;
        }
        return answer;
    }

    /** From bytes to a job of the batcher, on a decoding thread. */
    private final class Decoding implements Runnable {
        private final EncodedPicture picture;
        private final String name;
        private final CompletableFuture<Prediction> answer;

        Decoding(EncodedPicture picture, String name, CompletableFuture<Prediction> answer) {
            this.picture = picture;
            this.name = name;
            this.answer = answer;
        }

        @Override
        public void run() {
            try {
                // read even after a deadline, so that its owner can let go of it
                byte[] encoded = picture.read();
                if (!answer.isDone()) {
                    batcher.add(new Job(memory.run(() -> pixels(encoded)), answer));
                }
            } catch (IOException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        }

        private ByteBuffer pixels(byte[] encoded) throws IOException {
            ByteBuffer idle = idleBuffers.poll();
            ByteBuffer pixels = idle == null
                    ? ByteBuffer.allocateDirect(
                            model.description().preprocessing().imageBytes())
                    : idle;
            try {
                pipeline.apply(decoder.decode(encoded, name), null, pixels, 0);
                return pixels;
            } catch (IOException | RuntimeException | Error e) {
                idleBuffers.add(pixels);
                throw e;
            }
        }

        /** Lets go of the picture without an answer. */
        void refuse() {
            answer.completeExceptionally(new OverloadedException("the service has stopped"));
            run();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends the threads, then the model. Answer everything first: what is still queued fails. May be called twice. */
    @Override
    public void close() {
        decoders.shutdownNow().forEach(task -> ((Decoding) task).refuse());
        try {
            decoders.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            batcherThread.interrupt();
            batcherThread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            batcherThread.interrupt();
            Thread.currentThread().interrupt();
        }
        if (batcherThread.isAlive()) {
            LOG.warn(
                    "{}: an inference did not end within {} s; its model is left open",
                    description().name(),
                    STOP_SECONDS);
        } else {
            model.close(); // never under a running inference: that would end the process
        }
    }
}
