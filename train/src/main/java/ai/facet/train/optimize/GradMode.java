package ai.facet.train.optimize;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Switches the recording of gradients off or on for the calling thread until closed. The engine keeps this switch per
 * thread, and a new thread starts with it on.
 */
public final class GradMode implements AutoCloseable {
    private final boolean before;

    private GradMode(boolean recording) {
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(recording);
    }

    public static GradMode off() {
        return new GradMode(false);
    }

    public static GradMode on() {
        return new GradMode(true);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
