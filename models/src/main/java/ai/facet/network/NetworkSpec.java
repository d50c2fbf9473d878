package ai.facet.network;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network with one base tower and a label tower for each attribute. Format in the package description.
 *
 * @param name of the preset, or the user's own
 * @param base stages, applied in order
 * @param tower layers of every label tower
 * @param factory name of the Java class that makes the network, or null; with it there are no stages and no tower
 */
public record NetworkSpec(
        String name,
        List<StageSpec> base,
        List<LayerSpec> tower,
        @Nullable String factory) {
    private static final int MAX_LAYERS = 1000;
    private static final String CLASS_NAME = "[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*";

    public NetworkSpec {
        base = List.copyOf(base);
        tower = List.copyOf(tower);
        if (factory == null) {
            requireStages(name, base, tower);
        } else if (!factory.matches(CLASS_NAME) || !base.isEmpty() || !tower.isEmpty()) {
            throw new IllegalArgumentException(
                    "network " + name + " has the factory \"" + factory + "\"; expected a Java class, and no stages");
        }
    }

    /** A network of stages. */
    public NetworkSpec(String name, List<StageSpec> base, List<LayerSpec> tower) {
        this(name, base, tower, null);
    }

    /** A network that is Java code, called by its class's simple name. */
    public static NetworkSpec ofFactory(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '-');
        return new NetworkSpec(simple, List.of(), List.of(), className);
    }

    private static void requireStages(String name, List<StageSpec> base, List<LayerSpec> tower) {
        int layers =
                tower.size() + base.stream().mapToInt(s -> s.layers().size()).sum();
        if (layers > MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "network " + name + " has " + layers + " layers; expected at most " + MAX_LAYERS);
        }
        if (base.stream().map(StageSpec::name).distinct().count() != base.size()) {
            throw new IllegalArgumentException(
                    "network " + name + " has two stages of one name; expected different names");
        }
        if (base.isEmpty()) {
            throw new IllegalArgumentException("network " + name + " has no base stages; expected at least one");
        }
        requireTower(name, tower);
    }

    /**
     * Reads the JSON form.
     *
     * @throws ai.facet.json.JsonException naming the layer or the unknown field that is wrong
     */
    public static NetworkSpec fromJson(JsonObject json) {
        try {
            if (json.has("factory")) {
                json.requireOnly(List.of("name", "factory"));
                return new NetworkSpec(json.string("name"), List.of(), List.of(), json.string("factory"));
            }
            json.requireOnly(List.of("name", "base", "tower"));
            return new NetworkSpec(
                    json.string("name"),
                    json.objects("base").stream().map(NetworkSpec::stage).collect(Collectors.toList()),
                    LayerJson.read(json, "tower"));
        } catch (IllegalArgumentException e) {
            throw json.error("*", String.valueOf(e.getMessage()));
        }
    }

    private static StageSpec stage(JsonObject json) {
        json.requireOnly(List.of("name", "layers"));
        return new StageSpec(json.string("name"), LayerJson.read(json, "layers"));
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        if (factory != null) {
            json.put("factory", factory);
            return json;
        }
        json.put("base", base.stream().map(NetworkSpec::stageJson).collect(Collectors.toList()));
        json.put("tower", LayerJson.write(tower));
        return json;
    }

    private static Map<String, Object> stageJson(StageSpec stage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", stage.name());
        json.put("layers", LayerJson.write(stage.layers()));
        return json;
    }

    private static void requireTower(String name, List<LayerSpec> tower) {
        long classes =
                tower.stream().filter(LayerSpec.Classes.class::isInstance).count();
        long pools = tower.stream()
                .filter(LayerSpec.GlobalAveragePool.class::isInstance)
                .count();
        if (classes != 1 || pools != 1) {
            throw new IllegalArgumentException("network " + name + ": the tower has " + classes + " classes and "
                    + pools + " global-average-pool layers; expected one of each");
        }
        List<LayerSpec> after = tower.subList(
                tower.stream().map(LayerSpec::type).collect(Collectors.toList()).indexOf(new LayerSpec.Classes().type())
                        + 1,
                tower.size());
        after.stream()
                .filter(layer -> !(layer instanceof LayerSpec.Dropout
                        || layer instanceof LayerSpec.MaxPool
                        || layer instanceof LayerSpec.NormRelu
                        || layer instanceof LayerSpec.GlobalAveragePool))
                .findFirst()
                .ifPresent(layer -> {
                    throw new IllegalArgumentException(
                            "network " + name + ": the tower has a layer " + layer.type()
                                    + " after classes; expected only dropout, max-pool, norm-relu or global-average-pool there");
                });
        int last = tower.size() - 1;
        boolean ends =
                tower.get(last) instanceof LayerSpec.Classes || tower.get(last) instanceof LayerSpec.GlobalAveragePool;
        if (!ends) {
            throw new IllegalArgumentException("network " + name + ": the tower ends with "
                    + tower.get(last).type() + "; expected classes or global-average-pool");
        }
    }
}
