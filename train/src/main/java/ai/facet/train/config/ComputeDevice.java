package ai.facet.train.config;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.facet.cli.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses where the network runs. A GPU that was asked for is never silently replaced. */
public final class ComputeDevice {
    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d+))?");
    private static final int NAME_LIMIT = 9;

    private ComputeDevice() {}

    /**
     * Starts the engine with a number of threads and picks a device.
     *
     * @param request {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
     * @throws UserException (exit 2) if the device is not there
     */
    public static Device choose(String request, int threads) {
        Matcher gpu = GPU.matcher(request);
        if (!request.equals("auto") && !request.equals("cpu") && !gpu.matches() || request.length() > NAME_LIMIT) {
            throw UserException.badArguments(
                    "--device is \"" + request + "\"; expected auto, cpu, gpu or gpu:<number>");
        }
        Engine engine = TorchEngine.start(threads);
        if (request.equals("cpu") || request.equals("auto") && engine.getGpuCount() == 0) {
            return Device.cpu();
        }
        int number = gpu.matches() && gpu.group(1) != null ? Integer.parseInt(gpu.group(1)) : 0;
        if (number >= engine.getGpuCount()) {
            throw UserException.badArguments(noGpu(request, engine.getGpuCount()));
        }
        return Device.gpu(number);
    }

    /** What is shown at the start of a run and stored with it. */
    public static String describe(Device device) {
        return device.isGpu() ? "GPU " + device.getDeviceId() : "CPU, " + TorchEngine.threads() + " threads";
    }

    private static String noGpu(String request, int found) {
        return "--device " + request + ": the engine sees " + (found == 0 ? "no GPU" : found + " GPUs")
                + ". Either point PYTORCH_LIBRARY_PATH (with PYTORCH_VERSION=" + TorchEngine.VERSION
                + " and PYTORCH_FLAVOR=cu128) at an installed PyTorch with CUDA,"
                + " or run \"facet natives install cuda\" once; or train with --device cpu";
    }
}
