package ai.facet.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, a process is told to end if this one is told to, and this one waits for it. Closing it ends the
 * process if it still runs.
 */
public final class EndWithParent implements AutoCloseable {
    private final Process process;
    private final Thread hook;

    /** @param patience how long this process waits for the other one when both are told to end */
    public EndWithParent(Process process, Duration patience) {
        this.process = process;
        this.hook = new Thread(() -> endAndWait(process, patience), "facet-child-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Waits for the process and says whether it has ended. */
    public boolean await(Duration longest) throws InterruptedException {
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void endAndWait(Process process, Duration patience) {
        process.toHandle().destroy(); // SIGTERM: facet train stores a checkpoint first; its last words are still read
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this process is going down already: the hook does its work
        }
    }
}
