package androidx.test.runner.lifecycle;

import android.app.Activity;

/** What Robolectric touches of AndroidX Test's class. */
public interface ActivityLifecycleCallback {
    void onActivityLifecycleChanged(Activity activity, Stage stage);
}
