package androidx.test.runner.intent;

/** What Robolectric touches of AndroidX Test's class. */
public interface IntentMonitor {}
