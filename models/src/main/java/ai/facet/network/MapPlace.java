package ai.facet.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a network whose maps can be looked at: after a stage of the base, or in each attribute's tower before its
 * class maps or its global mean, whichever comes first. There a linear layer and a mean are all that is left, so the maps
 * there are the last that still know where something is.
 *
 * @param name the stage's, or {@link #TOWER}
 * @param stages how many stages of the base lie before it
 */
public record MapPlace(String name, int stages, boolean inTowers) {
    /** Name of the place inside the towers; no stage of that name can be chosen. */
    public static final String TOWER = "tower";

    /** What {@link #of} takes, in the order of the network. */
    public static List<String> names(NetworkSpec spec) {
        List<String> names = new ArrayList<>();
        spec.base().forEach(stage -> names.add(stage.name()));
        names.add(TOWER);
        return names;
    }

    /**
     * The place of a name.
     *
     * @throws IllegalArgumentException naming the places there are, or saying that the network is Java code
     */
    public static MapPlace of(NetworkSpec spec, String name) {
        if (spec.factory() != null) {
            throw new IllegalArgumentException("network " + spec.name() + " is Java code (" + spec.factory()
                    + ") and has no stages and towers to look into; expected a network of stages");
        }
        if (name.equals(TOWER)) {
            return new MapPlace(name, spec.base().size(), true);
        }
        for (int i = 0; i < spec.base().size(); i++) {
            if (spec.base().get(i).name().equals(name)) {
                return new MapPlace(name, i + 1, false);
            }
        }
        throw new IllegalArgumentException(
                "network " + spec.name() + " has no place \"" + name + "\"; expected one of " + names(spec));
    }

    /** Layers of the tower before its class maps or its global mean. */
    static int towerLayers(NetworkSpec spec) {
        int layers = 0;
        for (LayerSpec layer : spec.tower()) {
            if (layer instanceof LayerSpec.Classes || layer instanceof LayerSpec.GlobalAveragePool) {
                return layers;
            }
            layers++;
        }
        throw new IllegalStateException("NetworkSpec requires both layers");
    }
}
