package ai.facet.network;

import ai.facet.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The JSON form of layers: {@code type}, then the record's fields. */
final class LayerJson {
    private LayerJson() {}

    static List<LayerSpec> read(JsonObject parent, String key) {
        List<LayerSpec> layers = new ArrayList<>();
        for (JsonObject json : parent.objects(key)) {
            try {
                LayerSpec layer = read(json);
                json.requireOnly(fields(layer));
                layers.add(layer);
            } catch (IllegalArgumentException e) {
                throw json.error("*", String.valueOf(e.getMessage()));
            }
        }
        return layers;
    }

    /** What a layer of this type may have. */
    private static Set<String> fields(LayerSpec layer) {
        Set<String> fields = new LinkedHashSet<>(write(layer).keySet());
        if (layer instanceof LayerSpec.MaxPool) {
            fields.addAll(List.of("stride", "same")); // not written where they are the default
        }
        return fields;
    }

    static List<Map<String, Object>> write(List<LayerSpec> layers) {
        return layers.stream().map(LayerJson::write).collect(Collectors.toList());
    }

    private static LayerSpec read(JsonObject json) {
        return switch (json.string("type")) {
            case "convolution" ->
                new LayerSpec.Convolution(
                        json.int32("channels"),
                        json.int32("kernel"),
                        json.int32("stride"),
                        json.bool("same"),
                        order(json),
                        json.bool("bias"),
                        json.bool("separable"));
            case "bottleneck" ->
                new LayerSpec.Bottleneck(
                        json.int32("width"),
                        json.int32("channels"),
                        json.int32("stride"),
                        json.bool("skip"),
                        json.bool("separable"));
            case "residual" -> new LayerSpec.Residual(json.int32("channels"), json.int32("stride"));
            case "residual-bottleneck" ->
                new LayerSpec.ResidualBottleneck(json.int32("width"), json.int32("channels"), json.int32("stride"));
            case "max-pool" ->
                new LayerSpec.MaxPool(
                        json.int32("size"),
                        json.has("stride") ? json.int32("stride") : json.int32("size"),
                        json.has("same") && json.bool("same"));
            case "norm-relu" -> new LayerSpec.NormRelu();
            case "dropout" -> new LayerSpec.Dropout(json.number("rate"));
            case "global-average-pool" -> new LayerSpec.GlobalAveragePool();
            case "classes" -> new LayerSpec.Classes();
            default ->
                throw json.error(
                        "type",
                        "is \"" + json.string("type")
                                + "\"; expected one of [convolution, bottleneck, residual, residual-bottleneck, max-pool, "
                                + "norm-relu, dropout, global-average-pool, classes]");
        };
    }

    private static ConvolutionOrder order(JsonObject json) {
        String id = json.string("order");
        return Arrays.stream(ConvolutionOrder.values())
                .filter(o -> o.id().equals(id))
                .findFirst()
                .orElseThrow(() -> json.error(
                        "order",
                        "is \"" + id + "\"; expected one of "
                                + Arrays.stream(ConvolutionOrder.values())
                                        .map(ConvolutionOrder::id)
                                        .collect(Collectors.toList())));
    }

    private static Map<String, Object> write(LayerSpec layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", layer.type());
        if (layer instanceof LayerSpec.Convolution c) {
            json.put("channels", c.channels());
            json.put("kernel", c.kernel());
            json.put("stride", c.stride());
            json.put("same", c.same());
            json.put("order", c.order().id());
            json.put("bias", c.bias());
            json.put("separable", c.separable());
        } else if (layer instanceof LayerSpec.Bottleneck b) {
            json.put("width", b.width());
            json.put("channels", b.channels());
            json.put("stride", b.stride());
            json.put("skip", b.skip());
            json.put("separable", b.separable());
        } else if (layer instanceof LayerSpec.Residual r) {
            json.put("channels", r.channels());
            json.put("stride", r.stride());
        } else if (layer instanceof LayerSpec.ResidualBottleneck r) {
            json.put("width", r.width());
            json.put("channels", r.channels());
            json.put("stride", r.stride());
        } else if (layer instanceof LayerSpec.MaxPool p) {
            json.put("size", p.size());
            if (p.stride() != p.size()) {
                json.put("stride", p.stride());
            }
            if (p.same()) {
                json.put("same", true);
            }
        } else if (layer instanceof LayerSpec.Dropout d) {
            json.put("rate", d.rate());
        }
        return json;
    }
}
