package androidx.test.espresso;

import android.os.Looper;
import java.util.Collection;
import java.util.List;

/** What Robolectric touches of AndroidX Test's class. */
public final class IdlingRegistry {
    private static final IdlingRegistry INSTANCE = new IdlingRegistry();

    public static IdlingRegistry getInstance() {
        return INSTANCE;
    }

    public Collection<IdlingResource> getResources() {
        return List.of();
    }

    public Collection<Looper> getLoopers() {
        return List.of();
    }
}
