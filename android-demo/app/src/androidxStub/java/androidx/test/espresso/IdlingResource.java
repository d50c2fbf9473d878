package androidx.test.espresso;

/** What Robolectric touches of AndroidX Test's class. */
public interface IdlingResource {
    String getName();

    boolean isIdleNow();

    void registerIdleTransitionCallback(ResourceCallback callback);

    /** What Robolectric touches of AndroidX Test's class. */
    interface ResourceCallback {
        void onTransitionToIdle();
    }
}
