package ai.facet.train.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks a running loop from another thread to store a checkpoint and stop. Thread-safe. */
public final class StopRequest {
    private volatile boolean requested;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }

    /** Said by the loop's owner when everything is stored. */
    public void stopped() {
        stopped.countDown();
    }

    /** Waits until the loop's owner has stored everything. */
    public boolean awaitStopped(long seconds) throws InterruptedException {
        return stopped.await(seconds, TimeUnit.SECONDS);
    }
}
