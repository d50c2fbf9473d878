package ai.facet.train.config;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.facet.cli.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts DJL's PyTorch engine, once in a process. */
public final class TorchEngine {
    /** The PyTorch that this build is tested with. */
    public static final String VERSION = "2.7.1";

    private static final String NAME = "PyTorch";

    private TorchEngine() {}

    /**
     * The engine, computing with so many threads. Must not be called while another thread uses the engine.
     *
     * @throws UserException if PyTorch cannot be loaded: exit 2 if it is the user's own, else exit 1
     */
    public static Engine start(int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        Engine engine = load();
        JniUtils.setNumThreads(threads);
        return engine;
    }

    public static Engine get() {
        return Engine.getEngine(NAME);
    }

    /** Version and where the libraries come from: {@code 2.7.1 (bundled)} or {@code 2.7.1 cu128 (own)}. */
    public static String build() {
        return build(get().getVersion(), System.getenv());
    }

    static String build(String version, Map<String, String> environment) {
        if (environment.get(OwnTorch.PATH) == null) {
            return version + " (bundled)";
        }
        String flavor = environment.getOrDefault(OwnTorch.FLAVOR, "");
        return (version + " " + flavor).strip() + " (own)";
    }

    public static int threads() {
        return JniUtils.getNumThreads();
    }

    private static Engine load() {
        try {
            OwnTorch.check(System.getenv());
            return Engine.getEngine(NAME);
        } catch (EngineException e) {
            UserException failure = cannotLoad(System.getenv(OwnTorch.PATH), e);
            failure.initCause(e);
            throw failure;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UserException cannotLoad(@Nullable String own, EngineException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String what = "PyTorch cannot be loaded: " + cause.getMessage();
        if (own == null) {
            return UserException.failed(
                    what + ". Is this system one of Linux x86-64, Linux arm64, macOS arm64, Windows?");
        }
        return UserException.badArguments(what + ". " + OwnTorch.PATH + " is \"" + own + "\"; expected the libraries of"
                + " libtorch " + VERSION + " for CUDA 12.8, complete. Without a GPU: --device cpu");
    }
}
