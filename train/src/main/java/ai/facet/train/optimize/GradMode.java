package ai.facet.train.optimize;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Switches the recording of gradients off for the calling thread until closed. The engine keeps this switch per thread,
 * and a new thread starts with it on.
 */
public final class GradMode implements AutoCloseable {
    private final boolean before;

    private GradMode(boolean before) {
        this.before = before;
    }

    public static GradMode off() {
        GradMode mode = new GradMode(JniUtils.isGradMode());
        JniUtils.setGradMode(false);
        return mode;
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
