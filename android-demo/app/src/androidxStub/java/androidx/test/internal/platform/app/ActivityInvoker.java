package androidx.test.internal.platform.app;

/** What Robolectric touches of AndroidX Test's class. */
public interface ActivityInvoker {}
