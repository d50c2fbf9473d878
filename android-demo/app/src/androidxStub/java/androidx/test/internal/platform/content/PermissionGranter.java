package androidx.test.internal.platform.content;

/** What Robolectric touches of AndroidX Test's class. */
public interface PermissionGranter {
    void addPermissions(String... permissions);

    void requestPermissions();
}
