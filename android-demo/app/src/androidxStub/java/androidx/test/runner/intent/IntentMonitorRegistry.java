package androidx.test.runner.intent;

/** What Robolectric touches of AndroidX Test's class. */
public final class IntentMonitorRegistry {
    private IntentMonitorRegistry() {}

    public static void registerInstance(IntentMonitor monitor) {}
}
