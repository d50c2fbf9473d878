package ai.facet.serve.registry;

import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.inference.Precision;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that answers. It stays open while the registry or a request holds it; whoever lets go last has it closed.
 * Thread-safe.
 */
public final class LoadedModel {
    private final ModelId id;
    private final PredictionService service;
    private final Precision precision;
    private final boolean fixed;
    private final AtomicInteger holders = new AtomicInteger(1); // the registry
    private volatile Runnable whenUnheld = () -> {};

    /**
     * A model that nobody but its registry holds yet.
     *
     * @param service closed when nobody holds the model any more
     * @param fixed whether it was named at the start, so that it stays until the end
     */
    public LoadedModel(ModelId id, PredictionService service, Precision precision, boolean fixed) {
        this.id = id;
        this.service = service;
        this.precision = precision;
        this.fixed = fixed;
    }

    public ModelId id() {
        return id;
    }

    public PredictionService service() {
        return service;
    }

    /** What its numbers are. */
    public Precision precision() {
        return precision;
    }

    /** Whether it was named at the start and is no bundle of the model folder. */
    public boolean fixed() {
        return fixed;
    }

    /** Those who hold it: the registry and the requests under way. */
    int holders() {
        return holders.get();
    }

    void whenUnheld(Runnable task) {
        whenUnheld = task;
    }

    /** Keeps it open until {@link #release}; false if it was let go of already. */
    boolean retain() {
        for (int now = holders.get(); now > 0; now = holders.get()) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Ends one hold; to be called once for each. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            whenUnheld.run();
        }
    }
}
