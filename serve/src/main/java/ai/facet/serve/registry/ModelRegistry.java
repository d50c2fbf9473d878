package ai.facet.serve.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** What is served now. Thread-safe: readers see one state or the next, and wait for nobody. */
public final class ModelRegistry implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger();
    private static final long STOP_SECONDS = 30;

    private final ExecutorService closer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "close-models");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Map<String, NavigableMap<Integer, LoadedModel>> models = Map.of();
    private boolean closed;

    /** The names that are served, in the order in which they came. */
    public Set<String> names() {
        return models.keySet();
    }

    /** All models, by name and rising version. */
    public List<LoadedModel> all() {
        List<LoadedModel> all = new ArrayList<>();
        models.values().forEach(versions -> all.addAll(versions.values()));
        return all;
    }

    /** A name's models, by rising version; none for an unknown name. */
    public List<LoadedModel> versions(String name) {
        NavigableMap<Integer, LoadedModel> versions = models.get(name);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }

    /**
     * A model, which may be let go of at any time.
     *
     * @param version null for the highest
     * @return null if there is none
     */
    public @Nullable LoadedModel find(String name, @Nullable Integer version) {
        NavigableMap<Integer, LoadedModel> versions = models.get(name);
        if (versions == null) {
            return null;
        }
        return version == null ? versions.lastEntry().getValue() : versions.get(version);
    }

    /**
     * A model that stays open until {@link LoadedModel#release}.
     *
     * @param version null for the highest
     * @return null if there is none
     */
    public @Nullable LoadedModel hold(String name, @Nullable Integer version) {
        LoadedModel found = find(name, version);
        while (found != null && !found.retain()) { // replaced between finding and holding: the next is there already
            found = find(name, version);
        }
        return found;
    }

    /** Serves a model from now on; one of the same name and version is let go of. */
    public synchronized void put(LoadedModel model) {
        if (closed) {
            model.service().close();
            return;
        }
        model.whenUnheld(() -> closeLater(model));
        Map<String, NavigableMap<Integer, LoadedModel>> next = copy();
        LoadedModel former = next.computeIfAbsent(model.id().name(), name -> new TreeMap<>())
                .put(model.id().version(), model);
        models = Collections.unmodifiableMap(next);
        if (former != null) {
            former.release();
        }
    }

    /** @return false if there is no such model */
    public synchronized boolean remove(ModelId id) {
        Map<String, NavigableMap<Integer, LoadedModel>> next = copy();
        NavigableMap<Integer, LoadedModel> versions = next.get(id.name());
        LoadedModel former = versions == null ? null : versions.remove(id.version());
        if (versions == null || former == null) {
            return false;
        }
        if (versions.isEmpty()) {
            next.remove(id.name());
        }
        models = Collections.unmodifiableMap(next);
        former.release();
        return true;
    }

    private Map<String, NavigableMap<Integer, LoadedModel>> copy() {
        Map<String, NavigableMap<Integer, LoadedModel>> next = new LinkedHashMap<>();
        models.forEach((name, versions) -> next.put(name, new TreeMap<>(versions)));
        return next;
    }

    /** Ends what nobody asks any more; on a thread of its own, since it waits for the model's threads. */
    private void closeLater(LoadedModel model) {
        try {
            closer.execute(() -> model.service().close());
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is closed with the registry", model.id());
        }
    }

    /** Lets go of everything and waits until it is closed, requests under way or not. May be called twice. */
    @Override
    public void close() {
        List<LoadedModel> all;
        synchronized (this) {
            closed = true;
            all = all();
            models = Map.of();
            all.forEach(LoadedModel::release);
        }
        all.stream()
                .filter(model -> model.holders() > 0)
                .forEach(model -> model.service().close());
        closer.shutdown();
        try {
            if (!closer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("models were not closed within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
