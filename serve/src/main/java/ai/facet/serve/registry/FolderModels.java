package ai.facet.serve.registry;

import ai.facet.cli.FacetCommands;
import ai.facet.cli.UserException;
import ai.facet.serve.registry.ModelFolder.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Serves what lies in a model folder. A bundle that is new or changed is loaded, warmed and verified beside the one that
 * answers, and takes its place only then; a bad one is reported and leaves the other in place. Everything happens on one
 * thread, so two changes never meet. Thread-safe.
 */
public final class FolderModels implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger();
    private static final long STOP_SECONDS = 30;

    private final ModelFolder folder;
    private final ModelLoader loader;
    private final ModelRegistry registry;
    private final LoadObserver observer;
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread worker = new Thread(task, "load-models");
        worker.setDaemon(true);
        return worker;
    });

    /** What was last tried for each bundle, whether it went well or not. Only the thread uses these three. */
    private final Map<ModelId, String> tried = new HashMap<>();

    private final Set<ModelId> unregistered = new HashSet<>();
    private SortedMap<ModelId, Found> lastScan = new TreeMap<>();

    private final Map<ModelId, String> failures = new ConcurrentHashMap<>();
    private volatile boolean readable = true;

    /** A request that the folder cannot fulfil; the message says why. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Why a change was refused. */
        public enum Reason {
            NOT_THERE,
            CONFLICT,
            BAD_BUNDLE
        }

        private final Reason reason;

        RefusedException(Reason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }

    public FolderModels(Path root, ModelLoader loader, ModelRegistry registry, LoadObserver observer) {
        this.folder = new ModelFolder(root);
        this.loader = loader;
        this.registry = registry;
        this.observer = observer;
    }

    /**
     * Loads everything that is there, on the caller's thread; to be called first.
     *
     * @throws UserException if the folder cannot be read, or none of its bundles can be loaded
     */
    public void loadAll() throws IOException {
        if (!Files.isDirectory(folder.root())) {
            throw UserException.badArguments("--models " + folder.root()
                    + " is not a folder; expected one with bundles of facet export, each under its name");
        }
        lastScan = folder.scan();
        List<ModelId> loaded = new ArrayList<>();
        for (Map.Entry<ModelId, Found> entry : lastScan.entrySet()) {
            if (tryToServe(entry.getKey(), entry.getValue())) {
                loaded.add(entry.getKey());
            }
        }
        if (loaded.isEmpty() && !lastScan.isEmpty()) {
            throw UserException.failed("none of the bundles in " + folder.root() + " can be served: "
                    + String.join("; ", failures.values()));
        }
        if (lastScan.isEmpty()) {
            LOG.warn("{} holds no bundles yet", folder.root());
        }
    }

    /** Looks for changes again and again. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
    public void watch(Duration interval) {
        thread.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why bundles could not be loaded when they were last tried. */
    public Map<ModelId, String> failures() {
        return Map.copyOf(failures);
    }

    private void look() {
        try {
            SortedMap<ModelId, Found> now = folder.scan();
            if (!readable) {
                LOG.info("{} can be read again", folder.root());
                readable = true;
            }
            for (Map.Entry<ModelId, Found> entry : now.entrySet()) {
                if (isNew(entry.getKey(), entry.getValue())) {
                    tryToServe(entry.getKey(), entry.getValue());
                }
            }
            Set<ModelId> known = new LinkedHashSet<>(tried.keySet());
            known.removeAll(now.keySet());
            known.removeAll(lastScan.keySet()); // gone for two looks: a folder that is only replaced comes back
            known.forEach(this::forget);
            unregistered.removeIf(id -> !now.containsKey(id));
            lastScan = now;
        } catch (IOException | UncheckedIOException e) {
            reportUnreadable(e);
        } catch (RuntimeException | Error e) { // an Error too: nobody else would ever look again
            LOG.error("looking through {} failed", folder.root(), e);
        }
    }

    private void reportUnreadable(Exception e) {
        if (readable) {
            LOG.error("{} cannot be read; what is served stays: {}", folder.root(), FacetCommands.messageOf(e));
            readable = false;
        }
    }

    /** Whether a bundle changed since it was last tried, and not since the last look: then nobody writes it any more. */
    private boolean isNew(ModelId id, Found found) {
        Found before = lastScan.get(id);
        return !unregistered.contains(id)
                && !found.fingerprint().equals(tried.get(id))
                && before != null
                && before.fingerprint().equals(found.fingerprint());
    }

    private boolean tryToServe(ModelId id, Found found) {
        try {
            serve(id, found);
            return true;
        } catch (RefusedException e) {
            LOG.error("{}", e.getMessage());
            return false;
        }
    }

    private void serve(ModelId id, Found found) {
        tried.put(id, found.fingerprint());
        LoadedModel former = registry.find(id.name(), id.version());
        if (former != null && former.fixed()) {
            throw failed(id, id + " is served from --model; " + found.bundle() + " is left alone", null);
        }
        LoadedModel model;
        try {
            model = loader.load(id.name(), id.version(), found.bundle(), false);
        } catch (IOException | RuntimeException | Error e) {
            String stays = former == null ? " is not served" : " stays as it was";
            throw failed(id, id + stays + ": " + FacetCommands.messageOf(e), e);
        }
        registry.put(model);
        failures.remove(id);
        observer.loaded(id);
    }

    private RefusedException failed(ModelId id, String message, @Nullable Throwable cause) {
        LOG.debug("not loaded", cause);
        failures.put(id, message);
        observer.failed(id);
        return new RefusedException(RefusedException.Reason.BAD_BUNDLE, message);
    }

    private void forget(ModelId id) {
        tried.remove(id);
        failures.remove(id);
        LoadedModel served = registry.find(id.name(), id.version());
        if (served != null && !served.fixed() && registry.remove(id)) {
            LOG.info("{}: its bundle is gone, it is served no more", id);
        }
        observer.gone(id);
    }

    /**
     * Serves a bundle of the folder that is not served.
     *
     * @param version null for every version that is there
     * @return fails with {@link RefusedException}
     */
    public CompletableFuture<List<ModelId>> register(String name, @Nullable Integer version) {
        return later(() -> {
            SortedMap<ModelId, Found> there = there(name, version);
            List<ModelId> missing = there.keySet().stream()
                    .filter(id -> registry.find(id.name(), id.version()) == null)
                    .toList();
            if (missing.isEmpty()) {
                throw new RefusedException(
                        RefusedException.Reason.CONFLICT,
                        shown(name, version) + " is served already; reload it to load its bundle anew");
            }
            missing.forEach(id -> serveRegistered(id, found(there, id)));
            return missing;
        });
    }

    /**
     * Loads bundles anew, changed or not.
     *
     * @param version null for every version that is there
     * @return fails with {@link RefusedException}; what was served before then still is
     */
    public CompletableFuture<List<ModelId>> reload(String name, @Nullable Integer version) {
        return later(() -> {
            SortedMap<ModelId, Found> there = there(name, version);
            there.forEach(this::serveRegistered);
            return List.copyOf(there.keySet());
        });
    }

    private void serveRegistered(ModelId id, Found found) {
        unregistered.remove(id);
        serve(id, found);
    }

    /**
     * Ends serving; what is under way is answered. The bundle stays where it is, and unserved until it is registered.
     *
     * @param version null for every version
     * @return fails with {@link RefusedException}
     */
    public CompletableFuture<List<ModelId>> unregister(String name, @Nullable Integer version) {
        return later(() -> {
            List<LoadedModel> served = registry.versions(name).stream()
                    .filter(model -> version == null || model.id().version() == version)
                    .toList();
            if (served.isEmpty()) {
                throw new RefusedException(RefusedException.Reason.NOT_THERE, shown(name, version) + " is not served");
            }
            if (served.stream().anyMatch(LoadedModel::fixed)) {
                throw new RefusedException(
                        RefusedException.Reason.CONFLICT,
                        shown(name, version) + " was named with --model and stays until the server ends");
            }
            List<ModelId> ids = served.stream().map(LoadedModel::id).toList();
            for (ModelId id : ids) {
                unregistered.add(id);
                forget(id);
                LOG.info("{} is unregistered", id);
            }
            return ids;
        });
    }

    private SortedMap<ModelId, Found> there(String name, @Nullable Integer version) {
        SortedMap<ModelId, Found> all;
        try {
            all = folder.scan();
        } catch (IOException e) {
            throw new RefusedException(
                    RefusedException.Reason.BAD_BUNDLE,
                    "the model folder cannot be read: " + FacetCommands.messageOf(e));
        }
        SortedMap<ModelId, Found> wanted = new TreeMap<>(all);
        wanted.keySet().removeIf(id -> !id.name().equals(name) || (version != null && id.version() != version));
        if (wanted.isEmpty()) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_THERE,
                    "the model folder holds no " + shown(name, version) + "; it holds " + all.keySet());
        }
        return wanted;
    }

    private static Found found(SortedMap<ModelId, Found> there, ModelId id) {
        return Objects.requireNonNull(there.get(id));
    }

    private static String shown(String name, @Nullable Integer version) {
        return "model " + name + (version == null ? "" : " version " + version);
    }

    private CompletableFuture<List<ModelId>> later(Supplier<List<ModelId>> task) {
        try {
            return CompletableFuture.supplyAsync(task, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new RefusedException(RefusedException.Reason.CONFLICT, "the server is shutting down"));
        }
    }

    /** Ends looking; a load under way is waited for. May be called twice. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a model is still being loaded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
