package ai.facet.train.config;

import ai.djl.Device;
import ai.facet.cli.UserException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a network is trained: one device, several GPUs that share each batch, or several replicas on the CPU, which shows
 * and tests the same without GPUs.
 *
 * @param all of one kind; the first holds the network that is measured and stored
 */
public record Devices(List<Device> all) {
    private static final String CPU = "cpu";

    public Devices {
        all = List.copyOf(all);
    }

    public static Devices of(Device only) {
        return new Devices(List.of(only));
    }

    /**
     * Starts the engine with a number of threads and picks the devices.
     *
     * @param request as for {@link ComputeDevice#choose}, or several separated by commas: {@code gpu:0,gpu:1}
     * @throws UserException (exit 2) if one is not there, a GPU comes twice or the kinds are mixed
     */
    public static Devices choose(String request, int threads) {
        List<String> names = Arrays.asList(request.split(",", -1));
        if (names.size() == 1) {
            return of(ComputeDevice.choose(request, threads));
        }
        requireSensible(names, request);
        for (String name : new LinkedHashSet<>(names)) {
            ComputeDevice.choose(name, threads);
        }
        return new Devices(names.stream().map(Devices::device).toList());
    }

    private static void requireSensible(List<String> names, String request) {
        for (String name : names) {
            if (!name.equals(CPU) && !ComputeDevice.namesGpu(name)) {
                throw UserException.badArguments("--device \"" + request + "\" names \"" + name
                        + "\"; expected gpu:<number> or cpu between the commas");
            }
        }
        long processors = names.stream().filter(CPU::equals).count();
        if (processors > 0 && processors < names.size()) {
            throw UserException.badArguments("--device \"" + request
                    + "\" mixes CPU and GPU; expected one kind, such as" + " gpu:0,gpu:1 or cpu,cpu");
        }
        Set<Integer> seen = new TreeSet<>();
        for (String name : names) {
            if (processors == 0 && !seen.add(device(name).getDeviceId())) {
                throw UserException.badArguments("--device \"" + request + "\" names GPU "
                        + device(name).getDeviceId() + " twice; expected different ones, such as gpu:0,gpu:1");
            }
        }
    }

    private static Device device(String name) {
        return ComputeDevice.pick(name, !name.equals(CPU));
    }

    public Device first() {
        return all.get(0);
    }

    public int count() {
        return all.size();
    }

    public boolean several() {
        return all.size() > 1;
    }

    /** What is shown at the start of a run and stored with it: {@code GPU 0, GPU 1 (NVIDIA T4)}. */
    public String describe() {
        String last = ComputeDevice.describe(all.get(all.size() - 1));
        if (!first().isGpu()) {
            return several() ? count() + " x " + last : last;
        }
        return all.subList(0, count() - 1).stream()
                .map(device -> "GPU " + device.getDeviceId() + ", ")
                .collect(Collectors.joining("", "", last));
    }
}
