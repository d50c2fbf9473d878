package androidx.test.platform.ui;

/** What Robolectric touches of AndroidX Test's class. */
public class InjectEventSecurityException extends Exception {
    private static final long serialVersionUID = 1L;
}
