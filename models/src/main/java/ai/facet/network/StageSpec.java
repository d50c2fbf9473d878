package ai.facet.network;

import java.util.List;

/**
 * A named part of the base tower.
 *
 * @param name letters and digits, first a letter; part of the parameters' paths
 */
public record StageSpec(String name, List<LayerSpec> layers) {
    public StageSpec {
        layers = List.copyOf(layers);
        if (!name.matches("[a-z][a-z0-9]{0,31}")) {
            throw new IllegalArgumentException(
                    "stage name \"" + name + "\"; expected 1 to 32 lower-case letters and digits, first a letter");
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("stage " + name + " has no layers; expected at least one");
        }
        if (layers.stream().anyMatch(l -> l instanceof LayerSpec.Classes || l instanceof LayerSpec.GlobalAveragePool)) {
            throw new IllegalArgumentException("stage " + name + " has a layer that belongs into the tower");
        }
    }
}
