package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** What Robolectric touches of AndroidX Test's class. */
public final class InstrumentationRegistry {
    private static volatile Instrumentation instance = new Instrumentation();

    private InstrumentationRegistry() {}

    public static Instrumentation getInstrumentation() {
        return instance;
    }

    public static void registerInstance(Instrumentation instrumentation, Bundle arguments) {
        instance = instrumentation;
    }
}
