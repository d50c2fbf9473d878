package ai.facet.train.run;

import ai.facet.train.loop.StopRequest;

/**
 * Lets Ctrl-C and SIGTERM end a run with a checkpoint: the process ends only after the loop has stored it. While this is
 * open, a shutdown of the process waits for {@link StopRequest#stopped}.
 */
final class StopOnSignal implements AutoCloseable {
    private static final long LONGEST_WAIT_SECONDS = 600;

    private final StopRequest stop;
    private final Thread hook;

    private StopOnSignal(StopRequest stop) {
        this.stop = stop;
        this.hook = new Thread(this::stopAndWait, "facet-stop");
    }

    static StopOnSignal install(StopRequest stop) {
        StopOnSignal installed = new StopOnSignal(stop);
        Runtime.getRuntime().addShutdownHook(installed.hook);
        return installed;
    }

    private void stopAndWait() {
        stop.request();
        System.err.println("\nfacet: stopping after this step; a checkpoint is stored ...");
        try {
            stop.awaitStopped(LONGEST_WAIT_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.stopped();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is already going down: the hook has done its work
        }
    }
}
