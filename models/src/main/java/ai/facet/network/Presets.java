package ai.facet.network;

import ai.facet.network.LayerSpec.Classes;
import ai.facet.network.LayerSpec.Convolution;
import ai.facet.network.LayerSpec.Dropout;
import ai.facet.network.LayerSpec.GlobalAveragePool;
import ai.facet.network.LayerSpec.Residual;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks that can be named instead of described. */
public final class Presets {
    private static final Map<String, NetworkSpec> ALL = new LinkedHashMap<>();

    static {
        add(facetS());
        OriginalNetworks.all().forEach(Presets::add);
    }

    private Presets() {}

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * A preset.
     *
     * @throws IllegalArgumentException naming the known ones if there is none of this name
     */
    public static NetworkSpec byName(String name) {
        NetworkSpec spec = ALL.get(name);
        if (spec == null) {
            throw new IllegalArgumentException("no network \"" + name + "\"; expected one of " + names());
        }
        return spec;
    }

    /**
     * A light network of residual units: 0.28 GMAC at 224x224 with eight attributes. Resolution falls to a sixteenth, width
     * grows to 128; each tower is a 1x1 and a 3x3 convolution before the class maps.
     */
    private static NetworkSpec facetS() {
        return new NetworkSpec(
                "facet-s",
                List.of(
                        new StageSpec("stem", List.of(normed(16, 3, 2), normed(24, 3, 1))),
                        new StageSpec("stage1", List.of(new Residual(32, 2))),
                        new StageSpec("stage2", List.of(new Residual(64, 2), new Residual(64, 1))),
                        new StageSpec("stage3", List.of(new Residual(128, 2)))),
                List.of(normed(32, 1, 1), normed(48, 3, 1), new Dropout(0.2), new Classes(), new GlobalAveragePool()));
    }

    private static Convolution normed(int channels, int kernel, int stride) {
        return new Convolution(channels, kernel, stride, true, ConvolutionOrder.CONV_NORM_RELU, false, false);
    }

    private static void add(NetworkSpec spec) {
        ALL.put(spec.name(), spec);
    }
}
