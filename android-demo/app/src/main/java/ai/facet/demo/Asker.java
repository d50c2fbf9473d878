package ai.facet.demo;

import ai.facet.description.ModelDescription;
import ai.facet.prediction.Prediction;
import android.content.Context;
import android.content.SharedPreferences;
import android.content.res.AssetManager;
import android.graphics.Bitmap;
import android.net.Uri;
import android.os.Handler;
import android.os.Looper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that reads pictures and owns the model, and the last thing that it found. Lives as long as the process, so a
 * turned screen shows the same. Methods are for the main thread, listeners are called on it.
 */
final class Asker {
    private static final String MODELS = "model";
    /** The first that is there is used. */
    private static final List<String> FILES = List.of("model.int8.onnx", "model.onnx");

    private static final String THREADS = "threads";
    private static final String PROVIDER = "provider";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int CHUNK = 1 << 16;

    private final Context context;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "facet-asker"));
    private final Handler main = new Handler(Looper.getMainLooper());
    private @Nullable Runnable listener;
    private Execution execution;
    private State state = State.LOADING;
    private long asked;
    /** Only the worker uses it. */
    private @Nullable PhoneModel model;

    /**
     * What the screen shows.
     *
     * @param model what is known of the model; null while it loads, or if it is not usable
     * @param fellBack whether XNNPACK was wanted and is not there
     */
    record State(
            boolean busy,
            @Nullable ModelFacts model,
            boolean fellBack,
            @Nullable Bitmap picture,
            @Nullable Answer answer,
            @Nullable Failure failure) {
        static final State LOADING = new State(true, null, false, null, null, null);
    }

    /** About the model. */
    record ModelFacts(ModelDescription description, Execution execution, int bytes, String file) {}

    /** About the picture. */
    record Answer(Prediction prediction, double decodeMillis, double answerMillis) {}

    /** Times of a benchmark. */
    record Timing(double medianMillis, double p95Millis, int runs, int warmUp) {}

    Asker(Context context) {
        this.context = context;
        this.execution = stored();
        load();
    }

    State state() {
        return state;
    }

    Execution execution() {
        return execution;
    }

    /** Is told of each new state; null for nobody. */
    void listen(@Nullable Runnable newListener) {
        listener = newListener;
    }

    /** Runs the model in another way, and asks about the same picture again. */
    void use(Execution wanted) {
        execution = wanted;
        preferences()
                .edit()
                .putInt(THREADS, wanted.threads())
                .putString(PROVIDER, wanted.provider().name())
                .apply();
        Bitmap picture = state.picture();
        load();
        if (picture != null) {
            ask(() -> picture);
        }
    }

    private Execution stored() {
        Execution usual = Execution.usual();
        String name = preferences().getString(PROVIDER, "");
        Execution.Provider provider = Arrays.stream(Execution.Provider.values())
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElse(usual.provider());
        return new Execution(provider, Math.max(1, preferences().getInt(THREADS, usual.threads())));
    }

    private SharedPreferences preferences() {
        return context.getSharedPreferences("execution", Context.MODE_PRIVATE);
    }

    private void load() {
        Execution wanted = execution;
        update(new State(true, null, false, state.picture(), null, null));
        worker.execute(() -> {
            if (model != null) {
                model.close();
                model = null;
            }
            try {
                String file = file(context.getAssets());
                PhoneModel loaded = PhoneModel.load(asset(context.getAssets(), MODELS + "/" + file), wanted);
                model = loaded;
                ModelFacts facts = new ModelFacts(loaded.description(), loaded.execution(), loaded.bytes(), file);
                boolean fellBack = loaded.execution().provider() != wanted.provider();
                main.post(() -> update(new State(false, facts, fellBack, state.picture(), null, null)));
            } catch (Failure e) {
                fail(e);
            } catch (OutOfMemoryError e) {
                fail(new Failure(R.string.error_memory));
            }
        });
    }

    private static String file(AssetManager assets) throws Failure {
        try {
            String[] there = assets.list(MODELS);
            Optional<String> file = FILES.stream()
                    .filter(f -> there != null && Arrays.asList(there).contains(f))
                    .findFirst();
            return file.orElseThrow(
                    () -> new Failure(R.string.error_model, "assets/" + MODELS + " holds none of " + FILES));
        } catch (IOException e) {
            throw new Failure(R.string.error_model, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] asset(AssetManager assets, String name) throws Failure {
        try (InputStream in = assets.open(name)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(CHUNK, in.available()));
            byte[] chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                bytes.write(chunk, 0, count);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new Failure(R.string.error_model, name + ": " + e.getMessage());
        }
    }

    /** A picture, read by the worker. */
    private interface Source {
        Bitmap read() throws Failure;
    }

    /** Asks about a picture that another app gives, or a file of our own. */
    void ask(Uri uri) {
        ask(() -> PictureReader.decode(PictureReader.bytes(context.getContentResolver(), uri)));
    }

    /** Asks about what the camera app wrote, and deletes it. */
    void askCapture() {
        ask(() -> {
            try {
                return PictureReader.decode(PictureReader.bytes(context.getContentResolver(), CaptureProvider.PICTURE));
            } finally {
                CaptureProvider.file(context).delete();
            }
        });
    }

    private void ask(Source source) {
        long number = ++asked;
        update(new State(true, state.model(), state.fellBack(), state.picture(), null, null));
        worker.execute(() -> {
            try {
                long begin = System.nanoTime();
                Bitmap picture = source.read();
                long decoded = System.nanoTime();
                main.post(() -> show(number, picture, null));
                PhoneModel open = model;
                if (open == null) {
                    return; // why is shown already
                }
                Prediction prediction = open.answer(new BitmapRows(picture));
                long end = System.nanoTime();
                Answer answer =
                        new Answer(prediction, (decoded - begin) / NANOS_PER_MILLI, (end - decoded) / NANOS_PER_MILLI);
                main.post(() -> show(number, picture, answer));
            } catch (Failure e) {
                fail(e);
            } catch (OutOfMemoryError e) {
                fail(new Failure(R.string.error_memory));
            } catch (RuntimeException e) { // the worker must outlive every picture
                fail(new Failure(R.string.error_answer, e.toString()));
            }
        });
    }

    /** Unless another picture was asked about since. */
    private void show(long number, Bitmap picture, @Nullable Answer answer) {
        if (number == asked) {
            Failure failure = state.model() == null ? state.failure() : null;
            update(new State(
                    answer == null && state.model() != null,
                    state.model(),
                    state.fellBack(),
                    picture,
                    answer,
                    failure));
        }
    }

    /**
     * Times answers about noise of the network's size, on the worker.
     *
     * @param done gets the times or a failure, on the main thread
     */
    void benchmark(int warmUp, int runs, BenchmarkDone done) {
        worker.execute(() -> {
            try {
                PhoneModel open = model;
                if (open == null) {
                    throw new Failure(R.string.error_model, "-");
                }
                double[] millis = new double[runs];
                for (int i = -warmUp; i < runs; i++) {
                    long begin = System.nanoTime();
                    open.answer();
                    if (i >= 0) {
                        millis[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
                    }
                }
                Arrays.sort(millis);
                Timing timing = new Timing(quantile(millis, 0.5), quantile(millis, 0.95), runs, warmUp);
                main.post(() -> done.accept(timing, null));
            } catch (Failure e) {
                main.post(() -> done.accept(null, e));
            }
        });
    }

    /** Of sorted values: the smallest that at least this share does not exceed. */
    static double quantile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Exactly one of both is null. */
    interface BenchmarkDone {
        void accept(@Nullable Timing timing, @Nullable Failure failure);
    }

    private void fail(Failure failure) {
        main.post(() -> update(new State(false, state.model(), state.fellBack(), state.picture(), null, failure)));
    }

    private void update(State next) {
        state = next;
        if (listener != null) {
            listener.run();
        }
    }

    /** Waits until the worker has nothing left to do; for tests. */
    java.util.concurrent.Future<?> idle() {
        return worker.submit(() -> {});
    }
}
