package androidx.test.internal.platform;

/** What Robolectric touches of AndroidX Test's class. */
public interface ThreadChecker {
    void checkMainThread();

    void checkNotMainThread();
}
