package androidx.test.runner.lifecycle;

/** What Robolectric touches of AndroidX Test's class. */
public enum Stage {
    PRE_ON_CREATE,
    CREATED,
    STARTED,
    RESUMED,
    PAUSED,
    STOPPED,
    RESTARTED,
    DESTROYED
}
