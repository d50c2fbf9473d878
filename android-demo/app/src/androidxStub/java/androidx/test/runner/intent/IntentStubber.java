package androidx.test.runner.intent;

import android.app.Instrumentation;
import android.content.Intent;

/** What Robolectric touches of AndroidX Test's class. */
public interface IntentStubber {
    Instrumentation.ActivityResult getActivityResultForIntent(Intent intent);
}
