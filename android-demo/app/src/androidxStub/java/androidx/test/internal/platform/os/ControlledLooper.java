package androidx.test.internal.platform.os;

import android.view.View;

/** What Robolectric touches of AndroidX Test's class. */
public interface ControlledLooper {
    void drainMainThreadUntilIdle();

    void simulateWindowFocus(View decorView);
}
