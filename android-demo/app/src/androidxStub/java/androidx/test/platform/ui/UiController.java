package androidx.test.platform.ui;

/** What Robolectric touches of AndroidX Test's class. */
public interface UiController {}
