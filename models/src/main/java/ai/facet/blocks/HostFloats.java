package ai.facet.blocks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;

/**
 * Values of arrays that live longer than a batch. DJL's own {@code toFloatArray} leaves a copy in host memory with the
 * manager of an array on a GPU until that is closed: with parameters, once for each checkpoint of a run.
 */
public final class HostFloats {
    private HostFloats() {}

    /** All values of a float32 array, in row-major order. Waits for the device. */
    public static float[] of(NDArray array) {
        if (array.getDevice().equals(Device.cpu())) {
            return array.toFloatArray();
        }
        try (NDArray copy = array.toDevice(Device.cpu(), true)) {
            return copy.toFloatArray();
        }
    }

    /** The value of a float32 scalar. Waits for the device. */
    public static float scalar(NDArray array) {
        return of(array)[0];
    }
}
