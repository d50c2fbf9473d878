package ai.facet.serve.batch;

import ai.facet.cli.UserException;
import ai.facet.serve.inference.Answer;
import ai.facet.serve.inference.BatchInference;
import ai.facet.serve.inference.BatchOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** One thread that answers queued jobs in batches. */
final class Batcher implements Runnable {
    private final BatchInference model;
    private final int maxBatch;
    private final Consumer<Job> whenDone;
    private final ServiceObserver observer;
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final ByteBuffer batchPixels;
    private final int imageBytes;

    /** @param whenDone called once for each job, answered or not */
    Batcher(BatchInference model, int maxBatch, Consumer<Job> whenDone, ServiceObserver observer) {
        this.model = model;
        this.maxBatch = maxBatch;
        this.whenDone = whenDone;
        this.observer = observer;
        this.imageBytes = model.description().preprocessing().imageBytes();
        this.batchPixels = buffer(maxBatch, imageBytes);
    }

    private static ByteBuffer buffer(int maxBatch, int imageBytes) {
        int most = Integer.MAX_VALUE / imageBytes;
        if (maxBatch > most) {
            throw UserException.badArguments("--max-batch is " + maxBatch + "; with pictures of " + imageBytes
                    + " bytes expected at most " + most);
        }
        try {
            return ByteBuffer.allocateDirect(maxBatch * imageBytes);
        } catch (OutOfMemoryError e) {
            throw UserException.badArguments("--max-batch is " + maxBatch + "; with pictures of " + imageBytes
                    + " bytes it needs " + maxBatch * (long) imageBytes / 1_000_000
                    + " MB of direct memory, more than is left. Choose a smaller one, or a larger FACET_HEAP");
        }
    }

    void add(Job job) {
        queue.add(job);
    }

    /** Jobs that wait, without those of the inference that runs. */
    int queued() {
        return queue.size();
    }

    @Override
    public void run() {
        List<Job> jobs = new ArrayList<>(maxBatch);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                jobs.add(queue.take());
                queue.drainTo(jobs, maxBatch - 1);
                answer(jobs);
                jobs.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            refuseTheRest();
        }
    }

    /** Nobody else would ever answer what is still queued. */
    private void refuseTheRest() {
        for (Job job = queue.poll(); job != null; job = queue.poll()) {
            fail(job, new OverloadedException("the service has stopped"));
        }
    }

    private void answer(List<Job> jobs) {
        List<Job> waiting = new ArrayList<>(jobs.size());
        long now = System.nanoTime();
        for (Job job : jobs) {
            observer.waited(now - job.queuedNanos());
            // a deadline that passed while the job was queued
            if (job.answers().isDone()) {
                whenDone.accept(job);
            } else {
                waiting.add(job);
            }
        }
        if (!waiting.isEmpty() && !tryBatch(waiting)) {
            waiting.forEach(this::single);
        }
    }

    /** @return false if the batch failed and its jobs are to be tried one by one; none of them was answered then */
    private boolean tryBatch(List<Job> jobs) {
        if (jobs.size() == 1) {
            single(jobs.get(0));
            return true;
        }
        BatchOutput output;
        try {
            batchPixels.clear();
            jobs.forEach(job -> batchPixels.put(job.pixels().duplicate().clear().limit(imageBytes)));
            output = run(batchPixels, jobs.size());
        } catch (RuntimeException | Error e) { // an Error too: this thread must outlive every batch
            return false;
        }
        for (int i = 0; i < jobs.size(); i++) {
            finish(jobs.get(i), output, i);
        }
        return true;
    }

    private void single(Job job) {
        BatchOutput output;
        try {
            output = run(job.pixels(), 1);
        } catch (RuntimeException | Error e) {
            fail(job, e);
            return;
        }
        finish(job, output, 0);
    }

    private BatchOutput run(ByteBuffer pixels, int size) {
        long begin = System.nanoTime();
        try {
            return model.run(pixels, size);
        } finally {
            observer.inferred(size, System.nanoTime() - begin);
        }
    }

    /** Ends a job, once; a row that cannot be read fails its own job only. */
    private void finish(Job job, BatchOutput output, int index) {
        Answer answer;
        try {
            answer = model.answer(output, index, job.scale());
        } catch (RuntimeException | Error e) {
            fail(job, e);
            return;
        }
        job.answers().complete(job.index(), answer);
        whenDone.accept(job);
    }

    private void fail(Job job, Throwable failure) {
        job.answers().fail(failure);
        whenDone.accept(job);
    }
}
