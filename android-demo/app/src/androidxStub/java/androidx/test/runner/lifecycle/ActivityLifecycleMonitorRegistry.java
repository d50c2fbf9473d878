package androidx.test.runner.lifecycle;

import androidx.test.internal.runner.lifecycle.ActivityLifecycleMonitorImpl;

/** What Robolectric touches of AndroidX Test's class. */
public final class ActivityLifecycleMonitorRegistry {
    private static volatile ActivityLifecycleMonitor instance = new ActivityLifecycleMonitorImpl();

    private ActivityLifecycleMonitorRegistry() {}

    public static ActivityLifecycleMonitor getInstance() {
        return instance;
    }

    public static void registerInstance(ActivityLifecycleMonitor monitor) {
        instance = monitor;
    }
}
