package ai.facet.serve.batch;

/** Is told what a service spends its time on; called from the service's threads, so it must be thread-safe and quick. */
public interface ServiceObserver {
    /** Watches nothing. */
    ServiceObserver NONE = new ServiceObserver() {
        @Override
        public void decoded(long nanos) {}

        @Override
        public void waited(long nanos) {}

        @Override
        public void inferred(int pictures, long nanos) {}
    };

    /** A picture became pixels. */
    void decoded(long nanos);

    /** A decoded picture waited so long until its inference began. */
    void waited(long nanos);

    /** An inference ended, well or not. */
    void inferred(int pictures, long nanos);
}
