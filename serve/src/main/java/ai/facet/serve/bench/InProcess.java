package ai.facet.serve.bench;

import ai.facet.decode.ImageDecodeException;
import ai.facet.serve.inference.Predictor;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Decodes, fits and answers pictures in this process, one by one on each thread. */
final class InProcess {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Predictor predictor;
    private final List<byte[]> pictures;

    InProcess(Predictor predictor, List<byte[]> pictures) {
        this.predictor = predictor;
        this.pictures = pictures;
    }

    /**
     * How much was done.
     *
     * @param cpuSeconds of the whole process: with those of garbage collection and compilation, as the server's are
     */
    record Result(long images, double seconds, double cpuSeconds) {
        double perSecond() {
            return images / seconds;
        }

        double perCpuSecond() {
            return images / cpuSeconds;
        }
    }

    /** Answers pictures for a while. */
    Result run(int threads, Duration time) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        AtomicLong images = new AtomicLong();
        long cpuBefore = system.getProcessCpuTime();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<CompletableFuture<Void>> running = IntStream.range(0, threads)
                .mapToObj(i -> start(() -> answerUntil(end, images)))
                .toList();
        running.forEach(CompletableFuture::join);
        return new Result(
                images.get(),
                (System.nanoTime() - begin) / NANOS_PER_SECOND,
                (system.getProcessCpuTime() - cpuBefore) / NANOS_PER_SECOND);
    }

    private static CompletableFuture<Void> start(Runnable work) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
                ended.complete(null);
            } catch (RuntimeException | Error e) {
                ended.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    private void answerUntil(long end, AtomicLong images) {
        while (System.nanoTime() < end) {
            byte[] picture = pictures.get((int) (images.getAndIncrement() % pictures.size()));
            try {
                predictor.predict(picture, "a picture", null);
            } catch (ImageDecodeException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
