package ai.facet.train.config;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.facet.blocks.ConvolutionCheck;
import ai.facet.cli.Plural;
import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses where the network runs. A GPU that was asked for is never silently replaced. */
public final class ComputeDevice {
    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d+))?");
    private static final int NAME_LIMIT = 9;
    private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/gpus");

    private ComputeDevice() {}

    /**
     * Starts the engine with a number of threads and picks a device.
     *
     * @param request {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
     * @throws UserException (exit 2) if the device is not there
     */
    public static Device choose(String request, int threads) {
        if (!request.equals("auto") && !request.equals("cpu") && !namesGpu(request)) {
            throw UserException.badArguments(
                    "--device is \"" + request + "\"; expected auto, cpu, gpu or gpu:<number>");
        }
        Engine engine = TorchEngine.start(threads);
        Device device = pick(request, engine.hasCapability(StandardCapabilities.CUDA));
        if (device.isGpu()) {
            requireUsable(engine, device);
        } else {
            requireRight(engine, device);
        }
        return device;
    }

    /** Whether this is {@code gpu} or {@code gpu:n}. */
    static boolean namesGpu(String request) {
        return request.length() <= NAME_LIMIT && GPU.matcher(request).matches();
    }

    private static void requireRight(Engine engine, Device device) {
        try (NDManager manager = engine.newBaseManager(device)) {
            ConvolutionCheck.require(manager);
        }
    }

    /** {@code cuda}: whether PyTorch itself is built for CUDA and finds a driver and a GPU. */
    static Device pick(String request, boolean cuda) {
        if (request.equals("cpu") || request.equals("auto") && !cuda) {
            return Device.cpu();
        }
        if (!cuda) {
            throw UserException.badArguments(noGpu(request));
        }
        Matcher gpu = GPU.matcher(request);
        return Device.gpu(gpu.matches() && gpu.group(1) != null ? Integer.parseInt(gpu.group(1)) : 0);
    }

    /**
     * Computes one number on the device. DJL's count of GPUs is not asked: it looks for a CUDA runtime of the system,
     * and finds none, or one that does not suit the driver, where PyTorch's own works.
     */
    static void requireUsable(Engine engine, Device device) {
        try (NDManager manager = engine.newBaseManager(device);
                NDArray ones = manager.ones(new Shape(1))) {
            ones.sum().getFloat(); // waits for the device
        } catch (EngineException e) {
            UserException failure = UserException.badArguments("PyTorch cannot compute on GPU " + device.getDeviceId()
                    + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + ". Choose another with --device gpu:<number>, or train with --device cpu");
            failure.initCause(e);
            throw failure;
        }
    }

    /** What is shown at the start of a run and stored with it. */
    public static String describe(Device device) {
        return device.isGpu()
                ? "GPU " + device.getDeviceId() + gpuNames(NVIDIA_DRIVER)
                : "CPU, " + Plural.of(TorchEngine.threads(), "thread");
    }

    /**
     * What the driver calls the GPUs of this machine: {@code " (NVIDIA H100 80GB HBM3)"}; empty where it does not say
     * (it does on Linux).
     */
    static String gpuNames(Path driver) {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> gpus = Files.newDirectoryStream(driver)) {
            for (Path gpu : gpus) {
                for (String line : Files.readAllLines(gpu.resolve("information"))) {
                    if (line.startsWith("Model:")) {
                        names.add(line.substring("Model:".length()).strip());
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return "";
        }
        return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
    }

    private static String noGpu(String request) {
        return "--device " + request + ": PyTorch sees no GPU. Either point PYTORCH_LIBRARY_PATH at the lib folder of"
                + " libtorch " + TorchEngine.VERSION
                + " for CUDA 12.8, or run \"facet natives install cuda --from ARCHIVE --sha256 HASH\" once"
                + " (see facet natives install --help; if one of both is done, see whether nvidia-smi shows the GPU); or train with --device cpu";
    }
}
