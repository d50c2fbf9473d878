package ai.facet.demo;

import ai.facet.description.ModelDescription;
import ai.facet.prediction.Prediction;
import android.content.Context;
import android.graphics.Bitmap;
import android.net.Uri;
import android.os.Handler;
import android.os.Looper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that reads pictures and owns the model, and the last thing that it found. Lives as long as the process, so a
 * turned screen shows the same. Methods are for the main thread, listeners are called on it.
 *
 * <p>Each load and each question has a number. What is not the newest any more is skipped, and what it still finds is not
 * shown.
 */
final class Asker implements AutoCloseable {
    private final Context context;
    private final ModelFiles files;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "facet-asker"));
    private final Handler main = new Handler(Looper.getMainLooper());
    private final List<Runnable> listeners = new ArrayList<>();
    private Execution execution;
    private State state = new State(ModelState.LOADING, PictureState.NONE);
    /** The newest; changed on the main thread. */
    private volatile @Nullable Question question;

    private @Nullable Uri address;
    private boolean asleep;
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    /** Only the worker uses it. */
    private @Nullable PhoneModel model;

    /** What the screen shows. */
    record State(ModelState model, PictureState picture) {}

    /** Both null while it loads; a failure stays until the next load. */
    record ModelState(@Nullable ModelFacts facts, @Nullable Failure failure) {
        static final ModelState LOADING = new ModelState(null, null);

        boolean loading() {
            return facts == null && failure == null;
        }
    }

    /**
     * About the model.
     *
     * @param fellBack whether XNNPACK was wanted and is not there
     */
    record ModelFacts(
            ModelDescription description,
            Execution execution,
            boolean fellBack,
            int bytes,
            String file,
            SelfCheck check) {
        static ModelFacts of(ModelChoice.Loaded loaded, Execution wanted) {
            PhoneModel model = loaded.model();
            boolean fellBack = model.execution().provider() != wanted.provider();
            return new ModelFacts(
                    model.description(), model.execution(), fellBack, model.bytes(), model.file(), loaded.check());
        }
    }

    /**
     * About the picture.
     *
     * @param asking whether an answer is on its way
     * @param others how many more were shared with it, which are not asked about
     */
    record PictureState(
            boolean asking,
            @Nullable Bitmap preview,
            @Nullable Answer answer,
            int others,
            @Nullable Failure failure) {
        static final PictureState NONE = new PictureState(false, null, null, 0, null);
    }

    /** What the model said. */
    record Answer(Prediction prediction, double decodeMillis, double answerMillis) {}

    Asker(Context context, ModelFiles files) {
        this.context = context;
        this.files = files;
        this.execution = Execution.stored(context);
        load();
    }

    State state() {
        return state;
    }

    Execution execution() {
        return execution;
    }

    /** Is told of each new state, until {@link #ignore}. Several screens may listen: one begins before the other ends. */
    void listen(Runnable listener) {
        listeners.add(listener);
        if (wake()) {
            askAgain();
        }
    }

    /** A picture that came while there was no model, or whose model went before it was read. */
    private void askAgain() {
        Question open = question;
        if (open != null && open.readable() && state.picture().answer() == null) {
            ask(open);
        }
    }

    void ignore(Runnable listener) {
        listeners.remove(listener);
    }

    /** Runs the model in another way, and asks about the same picture again. */
    void use(Execution wanted) {
        execution = wanted;
        asleep = false;
        load();
        Question open = question;
        if (open != null && open.readable()) {
            ask(open);
        }
    }

    private void load() {
        int number = loads.incrementAndGet();
        Execution wanted = execution;
        show(ModelState.LOADING);
        work(
                () -> {
                    closeModel();
                    if (number == loads.get()) {
                        ModelChoice.Loaded loaded = ModelChoice.load(files, wanted);
                        model = loaded.model();
                        ModelFacts facts = ModelFacts.of(loaded, wanted);
                        main.post(() -> loaded(number, wanted, facts));
                    }
                },
                failure -> {
                    if (number == loads.get()) {
                        show(new ModelState(null, failure));
                    }
                });
    }

    /** Kept only now: settings that end the process while the model loads are not there at the next start. */
    private void loaded(int number, Execution wanted, ModelFacts facts) {
        if (number == loads.get()) {
            wanted.store(context);
            show(new ModelState(facts, null));
        }
    }

    /** Asks about a picture that another app gives. */
    void ask(Uri uri, int others) {
        address = uri;
        ask(new Question(() -> PictureReader.bytes(context.getContentResolver(), uri), others));
    }

    /** Where the picture of the newest question is; null if the camera took it, or there is none. */
    @Nullable
    Uri address() {
        return address;
    }

    /** Asks about what the camera app wrote, and deletes it. */
    void askCapture() {
        address = null;
        ask(new Question(new CaptureProvider.Capture(context), 0));
    }

    /** Shows why there is no picture to ask about. */
    void refuse(Failure failure) {
        asked.incrementAndGet();
        question = null;
        address = null;
        show(new PictureState(false, null, null, 0, failure));
    }

    private void ask(Question next) {
        int number = asked.incrementAndGet();
        question = next;
        if (!wake() && state.model().failure() != null) {
            load(); // there may be memory now
        }
        show(new PictureState(true, state.picture().preview(), null, next.others(), null));
        work(() -> answer(next, number), failure -> {
            if (number == asked.get()) {
                show(new PictureState(false, null, null, 0, failure));
            }
        });
    }

    /** On the worker. */
    private void answer(Question next, int number) throws Failure {
        if (number != asked.get()) {
            if (!next.equals(question)) { // it may be asked about again
                next.drop();
            }
            return;
        }
        PhoneModel open = model;
        Bitmap preview = next.prepare(open);
        Answer answer = open == null ? null : next.answer(open); // why there is no model is shown already
        main.post(() -> {
            if (number == asked.get()) {
                show(new PictureState(false, preview, answer, next.others(), null));
            }
        });
    }

    /** Times answers on the worker. */
    void benchmark(BenchmarkRun run) {
        wake();
        work(
                () -> {
                    PhoneModel open = model;
                    if (open == null) {
                        throw new Failure(R.string.error_no_model);
                    }
                    BenchmarkRun.Timing timing = run.measure(open);
                    main.post(() -> run.end(timing, null));
                },
                failure -> run.end(null, failure));
    }

    /** Gives the model's memory back while nobody looks; the answers stay. */
    void rest() {
        if (listeners.isEmpty() && !asleep) {
            asleep = true;
            loads.incrementAndGet();
            worker.execute(this::closeModel);
        }
    }

    /** Whether the model had been given away and is loaded again now. */
    private boolean wake() {
        if (!asleep) {
            return false;
        }
        asleep = false;
        load();
        return true;
    }

    /** Ends the worker after what it does now. */
    @Override
    public void close() {
        if (worker.isShutdown()) {
            return;
        }
        loads.incrementAndGet();
        asked.incrementAndGet();
        worker.execute(this::closeModel);
        worker.shutdown();
    }

    private void closeModel() {
        PhoneModel open = model;
        model = null;
        if (open != null) {
            open.close();
        }
    }

    /** Something for the worker. */
    private interface Work {
        void run() throws Failure;
    }

    /**
     * Whatever happens, the worker lives on, and the user is told.
     *
     * @param failed on the main thread
     */
    private void work(Work work, Consumer<Failure> failed) {
        worker.execute(() -> {
            try {
                work.run();
            } catch (Failure e) {
                main.post(() -> failed.accept(e));
            } catch (OutOfMemoryError e) {
                main.post(() -> failed.accept(new Failure(R.string.error_memory)));
            } catch (RuntimeException
                    | LinkageError e) { // a model that ONNX Runtime or the contract chokes on; no natives
                main.post(() -> failed.accept(new Failure(R.string.error_unexpected, e.toString())));
            }
        });
    }

    private void show(ModelState next) {
        show(new State(next, state.picture()));
    }

    private void show(PictureState next) {
        show(new State(state.model(), next));
    }

    private void show(State next) {
        state = next;
        for (Runnable listener : List.copyOf(listeners)) {
            listener.run();
        }
    }

    /** Done when the worker has done everything that it was given before; for tests. */
    Future<?> idle() {
        return worker.submit(() -> {});
    }

    /** Whether the worker has ended; for tests. */
    boolean awaitEnd(int seconds) throws InterruptedException {
        return worker.awaitTermination(seconds, TimeUnit.SECONDS) && model == null;
    }

    /** Whether a model is in memory, asked on the worker; for tests. */
    Future<Boolean> holdsModel() {
        return worker.submit(() -> model != null);
    }
}
