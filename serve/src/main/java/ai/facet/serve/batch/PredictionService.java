package ai.facet.serve.batch;

import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.description.ModelDescription;
import ai.facet.image.PixelRows;
import ai.facet.preprocess.FrameScale;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.serve.inference.BatchInference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** One model's service. Safe from many threads; {@link #answer} never blocks. */
public final class PredictionService implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger();
    private static final long STOP_SECONDS = 10;

    private final @Nullable PredictionService heat;
    private final BatchInference model;
    private final ServiceObserver observer;
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
    public PredictionService(
            BatchInference model, ServiceLimits limits, DecodeLimits decodeLimits, ServiceObserver observer) {
        this(model, limits, decodeLimits, observer, null);
    }

    /**
     * Starts the threads; the service owns the models from here on.
     *
     * @param heatModel the same model with its class maps, or null. Heat is for people who look at a picture: it has one
     *     decoder of its own and a queue as long as the other, and goes through inference picture by picture, which keeps
     *     the memory small
     */
    public PredictionService(
            BatchInference model,
            ServiceLimits limits,
            DecodeLimits decodeLimits,
            ServiceObserver observer,
            @Nullable BatchInference heatModel) {
        this.heat = heatModel == null
                ? null
                : new PredictionService(
                        heatModel,
                        new ServiceLimits(limits.admitted(), 1, 1, limits.deadline()),
                        decodeLimits,
                        observer);
        this.model = model;
        this.observer = observer;
        this.limits = limits;
        this.decoder = new ImageDecoder(decodeLimits);
        this.pipeline = new PixelPipeline(model.description().preprocessing());
        String name = model.description().name();
        this.decoders = Executors.newFixedThreadPool(limits.decoders(), task -> daemon(task, "decode-" + name));
        this.batcher = new Batcher(model, limits.maxBatch(), job -> idleBuffers.add(job.pixels()), observer);
        this.batcherThread = daemon(batcher, "infer-" + name);
        batcherThread.start();
    }

    public ModelDescription description() {
        return model.description();
    }

    /** The service whose answers hold heat; null if the model was exported without class maps. */
    public @Nullable PredictionService heat() {
        return heat;
    }

    /** Whether the threads that answer are alive; for health checks. */
    public boolean isHealthy() {
        return batcherThread.isAlive() && !decoders.isShutdown() && (heat == null || heat.isHealthy());
    }

    public ServiceLimits limits() {
        return limits;
    }

    /** Pictures between admission and answer. */
    public int underWay() {
        return admitted.get();
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

    /**
     * Answers a question.
     *
     * @return makes the reply's JSON value; fails with {@link IOException} or {@link IllegalArgumentException} for a bad
     *     picture, with {@link OverloadedException} if further pictures of the question are too many, and with
     *     {@link java.util.concurrent.TimeoutException} after the deadline
     * @throws OverloadedException if too many pictures are under way; then {@code source} is never read
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the stages only count and time; the answer itself is returned
    public CompletableFuture<Supplier<Map<String, Object>>> answer(Question.Source source) {
        CompletableFuture<Supplier<Map<String, Object>>> reply = new CompletableFuture<>();
        admit(1, reply);
        reply.orTimeout(limits.deadline().toMillis(), TimeUnit.MILLISECONDS);
        try {
            execute(new Reading(source, reply));
        } catch (OverloadedException e) {
            reply.cancel(false);
            throw e;
        } catch (Error e) { // no memory for a thread
            reply.completeExceptionally(e);
            throw e;
        }
        return reply;
    }

    /** Counts pictures in until the reply is complete. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void admit(int pictures, CompletableFuture<?> reply) {
        if (admitted.addAndGet(pictures) > limits.admitted()) {
            admitted.addAndGet(-pictures);
            throw full();
        }
        reply.whenComplete((answers, failure) -> admitted.addAndGet(-pictures));
    }

    private void execute(Task task) {
        try {
            decoders.execute(task);
        } catch (RejectedExecutionException e) {
            throw stopped();
        }
    }

    private static OverloadedException stopped() {
        return new OverloadedException("the service has stopped");
    }

    /** Work of a decoding thread. */
    private interface Task extends Runnable {
        /** Ends the task in place of running it. */
        void refuse();
    }

    /** From a request's body to its pictures, which it spreads over the decoding threads. */
    private final class Reading implements Task {
        private final Question.Source source;
        private final CompletableFuture<Supplier<Map<String, Object>>> reply;

        Reading(Question.Source source, CompletableFuture<Supplier<Map<String, Object>>> reply) {
            this.source = source;
            this.reply = reply;
        }

        @Override
        public void run() {
            try {
                // read even after a deadline, so that its owner can let go of it
                Question question = source.read();
                if (!reply.isDone()) {
                    spread(question);
                }
            } catch (IOException | RuntimeException | Error e) {
                reply.completeExceptionally(e);
            }
        }

        private void spread(Question question) {
            int pictures = question.pictures().size();
            if (pictures > 1) {
                admit(pictures - 1, reply);
            }
            Answers answers = new Answers(question, reply);
            for (int i = 1; i < pictures; i++) {
                execute(new Decoding(answers, i));
            }
            new Decoding(answers, 0).run();
        }

        @Override
        public void refuse() {
            reply.completeExceptionally(stopped());
            run();
        }
    }

    private record Decoded(ByteBuffer pixels, FrameScale scale) {}

    /** From a picture's bytes to a job of the batcher. */
    private final class Decoding implements Task {
        private final Answers answers;
        private final int index;

        Decoding(Answers answers, int index) {
            this.answers = answers;
            this.index = index;
        }

        @Override
        public void run() {
            if (answers.isDone()) {
                return;
            }
            try {
                long begin = System.nanoTime();
                Decoded decoded = memory.run(this::decoded);
                long end = System.nanoTime();
                observer.decoded(end - begin);
                batcher.add(new Job(decoded.pixels(), decoded.scale(), answers, index, end));
            } catch (IOException | RuntimeException | Error e) {
                answers.fail(e);
            }
        }

        private Decoded decoded() throws IOException {
            ByteBuffer idle = idleBuffers.poll();
            ByteBuffer pixels = idle == null
                    ? ByteBuffer.allocateDirect(
                            model.description().preprocessing().imageBytes())
                    : idle;
            try {
                PixelRows picture = decoder.decode(answers.picture(index), answers.name(index));
                pipeline.apply(picture, null, pixels, 0);
                return new Decoded(
                        pixels, FrameScale.of(null, picture.widthPx(), picture.heightPx(), pipeline.preprocessing()));
            } catch (IOException | RuntimeException | Error e) {
                idleBuffers.add(pixels);
                throw e;
            }
        }

        @Override
        public void refuse() {
            answers.fail(stopped());
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
        if (heat != null) {
            heat.close();
        }
        decoders.shutdownNow().forEach(task -> ((Task) task).refuse());
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
