package ai.facet.train.loop;

import ai.djl.ndarray.NDManager;
import ai.facet.train.input.HostBatch;
import ai.facet.train.loop.Replica.Objective;
import ai.facet.train.loop.Replica.PartLoss;
import ai.facet.train.optimize.UncertaintyWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The networks that share a batch. Those on one device compute one after the other, in the order of the parts, because they
 * share its random generator and its cores: so a run on the CPU stays the same to the bit. Each further device has a thread
 * of its own. Used by the engine thread, which computes for the first device.
 */
public final class Replicas implements AutoCloseable {
    private final List<Replica> replicas;
    private final List<List<Replica>> lanes;
    private final @Nullable ExecutorService threads;

    /** What a replica computes with in a step, and the objective. */
    private record Work(NDManager manager, Objective objective) {}

    private Replicas(List<Replica> replicas, Collection<List<Replica>> lanes) {
        this.replicas = List.copyOf(replicas);
        this.lanes = List.copyOf(lanes);
        this.threads = lanes.size() == 1 ? null : Executors.newFixedThreadPool(lanes.size() - 1, Replicas::thread);
    }

    /** @param replicas the first is the network that is trained, the others are copies of it */
    public static Replicas of(List<Replica> replicas) {
        return of(replicas, Replica::device);
    }

    /** @param lane those with the same compute one after the other */
    static Replicas of(List<Replica> replicas, Function<Replica, Object> lane) {
        Map<Object, List<Replica>> lanes = new LinkedHashMap<>();
        replicas.forEach(r ->
                lanes.computeIfAbsent(lane.apply(r), key -> new ArrayList<>()).add(r));
        return new Replicas(replicas, lanes.values());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "facet-device");
        thread.setDaemon(true);
        return thread;
    }

    int size() {
        return replicas.size();
    }

    /**
     * Adds each part's gradients to those of its replica, {@code i mod size}, and waits until all are enqueued.
     *
     * @param labelled pictures of the whole batch that have each label
     * @param weights of the attributes; null if each counts the same
     * @param manager owns the result
     * @return in the order of the parts
     */
    List<PartLoss> addGradients(
            List<HostBatch> parts, double[] labelled, @Nullable UncertaintyWeights weights, NDManager manager) {
        Map<Replica, Work> works = new LinkedHashMap<>();
        for (Replica replica : replicas) {
            NDManager own = manager.newSubManager(replica.device());
            works.put(replica, new Work(own, new Objective(labelled, weights == null ? null : weights.on(own))));
        }
        PartLoss[] losses = new PartLoss[parts.size()];
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int lane = lanes.size() - 1; lane >= 0; lane--) {
            int number = lane;
            running.add(CompletableFuture.runAsync(() -> runLane(number, parts, works, losses), executor(lane)));
        }
        await(running);
        return Arrays.asList(losses);
    }

    private Executor executor(int lane) {
        return lane == 0 || threads == null ? Runnable::run : threads;
    }

    private void runLane(int lane, List<HostBatch> parts, Map<Replica, Work> works, PartLoss[] losses) {
        for (Replica replica : lanes.get(lane)) {
            replica.drawAhead(lane, work(works, replica).manager());
        }
        for (int i = 0; i < losses.length; i++) {
            Replica replica = replicas.get(i % replicas.size());
            if (lanes.get(lane).contains(replica)) {
                Work work = work(works, replica);
                losses[i] = replica.addGradients(parts.get(i), work.objective(), work.manager());
            }
        }
    }

    private static Work work(Map<Replica, Work> works, Replica replica) {
        return Objects.requireNonNull(works.get(replica));
    }

    /** All of them, even if one fails: the others still use its batch. */
    private static void await(List<CompletableFuture<Void>> running) {
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
