package androidx.test.runner.lifecycle;

/** What Robolectric touches of AndroidX Test's class. */
public final class ApplicationLifecycleMonitorRegistry {
    private ApplicationLifecycleMonitorRegistry() {}

    public static void registerInstance(ApplicationLifecycleMonitor monitor) {}
}
