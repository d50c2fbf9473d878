package androidx.test.internal.platform.util;

/** What Robolectric touches of AndroidX Test's class. */
public final class TestOutputEmitter {
    private TestOutputEmitter() {}

    public static void dumpThreadStates(String name) {}
}
