package ai.facet.demo;

import android.content.Context;
import android.content.SharedPreferences;
import java.util.Arrays;

/**
 * How a model is run.
 *
 * @param threads from 1
 */
record Execution(Provider provider, int threads) {
    private static final String PREFERENCES = "execution";
    private static final String THREADS = "threads";
    private static final String PROVIDER = "provider";

    /** Who computes. NNAPI is left out: Android 15 deprecates it. */
    enum Provider {
        CPU(R.string.provider_cpu),
        XNNPACK(R.string.provider_xnnpack);

        private final int title;

        Provider(int title) {
            this.title = title;
        }

        /** Of R.string. */
        int title() {
            return title;
        }
    }

    /** Half of the cores, at most four: more than the fast cores of most phones slow each other down. One that can be chosen. */
    static Execution usual(int processors) {
        return new Execution(Provider.CPU, Integer.highestOneBit(Math.max(1, Math.min(4, processors / 2))));
    }

    /** What was last used with success. */
    static Execution stored(Context context) {
        Execution usual = usual(Runtime.getRuntime().availableProcessors());
        SharedPreferences stored = preferences(context);
        String name = stored.getString(PROVIDER, "");
        Provider provider = Arrays.stream(Provider.values())
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElse(usual.provider());
        return new Execution(provider, Math.max(1, stored.getInt(THREADS, usual.threads())));
    }

    void store(Context context) {
        preferences(context)
                .edit()
                .putInt(THREADS, threads)
                .putString(PROVIDER, provider.name())
                .apply();
    }

    private static SharedPreferences preferences(Context context) {
        return context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE);
    }
}
