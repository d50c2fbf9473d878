package ai.facet.serve.inference;

import ai.djl.Device;
import ai.facet.cli.UserException;

/**
 * How a model runs.
 *
 * @param threads inside one inference; 1 is best where several pictures are answered at once
 * @param device {@code cpu}, {@code cuda} or {@code cuda:n}
 * @param precision which of a bundle's models to load
 */
public record InferenceOptions(int threads, String device, PrecisionChoice precision) {
    /** One thread on the CPU, 8-bit integers where a bundle has them. */
    public static final InferenceOptions DEFAULT = new InferenceOptions(1, "cpu");

    public InferenceOptions {
        if (threads < 1 || threads > 256) {
            throw UserException.badArguments("inference threads: " + threads + "; expected 1 to 256");
        }
        if (!device.matches("cpu|cuda(:[0-9]{1,2})?")) {
            throw UserException.badArguments("--device is \"" + device + "\"; expected cpu, cuda or cuda:N");
        }
    }

    /** 8-bit integers where a bundle has them and the device is a CPU. */
    public InferenceOptions(int threads, String device) {
        this(threads, device, PrecisionChoice.AUTO);
    }

    /** The same with another choice. */
    public InferenceOptions with(PrecisionChoice other) {
        return new InferenceOptions(threads, device, other);
    }

    boolean onGpu() {
        return !device.equals("cpu");
    }

    Device djlDevice() {
        if (!onGpu()) {
            return Device.cpu();
        }
        int colon = device.indexOf(':');
        return Device.gpu(colon < 0 ? 0 : Integer.parseInt(device.substring(colon + 1)));
    }
}
