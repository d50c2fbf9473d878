package ai.facet.train.run;

import ai.djl.Device;
import ai.facet.train.config.Devices;
import ai.facet.train.config.StartConfig;
import ai.facet.train.loop.AttributeLoss;
import ai.facet.train.loop.Replica;
import ai.facet.train.loop.Replicas;
import ai.facet.train.optimize.Mirror;
import ai.facet.train.optimize.TrainableParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run's network and its copies on further devices, which are gone when this is closed. Engine thread only. */
final class DeviceReplicas implements AutoCloseable {
    private final RunNetwork network;
    private final StartConfig start;
    private final List<RunNetwork> copies = new ArrayList<>();
    private @Nullable Replicas replicas;

    private DeviceReplicas(RunNetwork network, StartConfig start) {
        this.network = network;
        this.start = start;
    }

    /**
     * Copies the network as it is now to all devices but the first.
     *
     * @param network stays open when this is closed
     */
    static DeviceReplicas of(RunNetwork network, Devices devices, StartConfig start) {
        DeviceReplicas all = new DeviceReplicas(network, start);
        try {
            for (Device device : devices.all().subList(1, devices.count())) {
                all.copies.add(network.copyTo(device, start));
            }
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** The copies in the order of the devices, for the update of the network. */
    List<Mirror> mirrors() {
        return copies.stream()
                .map(copy -> new Mirror(
                        TrainableParameter.of(copy.block()),
                        TrainableParameter.statistics(copy.block(), start::isFrozen),
                        copy.manager()))
                .toList();
    }

    /**
     * What computes the gradients; asked for once.
     *
     * @param loss of a network, with constants on its device
     */
    Replicas replicas(Function<RunNetwork, AttributeLoss> loss) {
        replicas = Replicas.of(Stream.concat(Stream.of(network), copies.stream())
                .map(on -> new Replica(on.block(), loss.apply(on), on.frame()))
                .toList());
        return replicas;
    }

    @Override
    public void close() {
        if (replicas != null) {
            replicas.close();
        }
        copies.forEach(RunNetwork::close);
    }
}
