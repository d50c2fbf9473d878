package androidx.test.runner.lifecycle;

/** What Robolectric touches of AndroidX Test's class. */
public interface ApplicationLifecycleMonitor {}
