package androidx.test.runner.lifecycle;

/** What Robolectric touches of AndroidX Test's class. */
public enum ApplicationStage {
    PRE_ON_CREATE,
    CREATED
}
