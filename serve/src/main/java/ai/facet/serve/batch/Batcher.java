package ai.facet.serve.batch;

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
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final ByteBuffer batchPixels;
    private final int imageBytes;
    private volatile long batches;

    /** @param whenDone called once for each job, answered or not */
    Batcher(BatchInference model, int maxBatch, Consumer<Job> whenDone) {
        this.model = model;
        this.maxBatch = maxBatch;
        this.whenDone = whenDone;
        this.imageBytes = model.description().preprocessing().imageBytes();
        this.batchPixels = ByteBuffer.allocateDirect(Math.multiplyExact(maxBatch, imageBytes));
    }

    void add(Job job) {
        queue.add(job);
    }

    /** Inferences so far, for tests and metrics. */
    long batches() {
        return batches;
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
        }
    }

    private void answer(List<Job> jobs) {
        List<Job> waiting = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            // a deadline that passed while the job was queued
            if (job.answer().isDone()) {
                whenDone.accept(job);
            } else {
                waiting.add(job);
            }
        }
        if (!waiting.isEmpty() && !tryBatch(waiting)) {
            waiting.forEach(this::single);
        }
    }

    /** @return false if the batch failed and its jobs are to be tried one by one */
    private boolean tryBatch(List<Job> jobs) {
        if (jobs.size() == 1) {
            single(jobs.get(0));
            return true;
        }
        try {
            batchPixels.clear();
            jobs.forEach(job -> batchPixels.put(job.pixels().duplicate().clear().limit(imageBytes)));
            BatchOutput output = run(batchPixels, jobs.size());
            for (int i = 0; i < jobs.size(); i++) {
                finish(jobs.get(i), output, i);
            }
            return true;
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    private void single(Job job) {
        try {
            finish(job, run(job.pixels(), 1), 0);
        } catch (RuntimeException | LinkageError e) {
            job.answer().completeExceptionally(e);
            whenDone.accept(job);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the batcher's thread writes
    private BatchOutput run(ByteBuffer pixels, int size) {
        batches++;
        return model.run(pixels, size);
    }

    private void finish(Job job, BatchOutput output, int index) {
        job.answer().complete(output.prediction(model.description(), index));
        whenDone.accept(job);
    }
}
