package ai.facet.train.config;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** Starts DJL's PyTorch engine, once in a process. */
public final class TorchEngine {
    /** The PyTorch that this build is tested with. */
    public static final String VERSION = "2.7.1";

    private static final String NAME = "PyTorch";

    private TorchEngine() {}

    /** The engine, computing with so many threads. Must not be called while another thread uses the engine. */
    public static Engine start(int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        Engine engine = Engine.getEngine(NAME);
        JniUtils.setNumThreads(threads);
        return engine;
    }

    public static Engine get() {
        return Engine.getEngine(NAME);
    }

    public static int threads() {
        return JniUtils.getNumThreads();
    }
}
