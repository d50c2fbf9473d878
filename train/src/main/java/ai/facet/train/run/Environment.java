package ai.facet.train.run;

import ai.djl.engine.Engine;
import ai.facet.cli.FacetVersion;
import ai.facet.json.JsonObject;
import ai.facet.process.Processor;
import ai.facet.train.config.Devices;
import ai.facet.train.config.TorchEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a run computes. Bits of the result are only promised to be the same where all values are.
 *
 * @param values by name: versions, processor, threads, device
 */
record Environment(Map<String, String> values) {
    Environment {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Environment current(Devices devices) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("facet", FacetVersion.current());
        values.put("djl", Engine.getDjlVersion());
        values.put("pytorch", TorchEngine.build());
        values.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
        values.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        values.put("cpu", Processor.describe());
        values.put("device", devices.describe());
        return new Environment(values);
    }

    static Environment fromJson(JsonObject json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.keys().forEach(key -> values.put(key, json.string(key)));
        return new Environment(values);
    }

    /** What differs from an earlier environment: {@code threads was 2, is 4}. */
    List<String> differencesFrom(Environment earlier) {
        List<String> differences = new ArrayList<>();
        earlier.values.forEach((name, was) -> {
            String is = values.getOrDefault(name, "unknown");
            if (!is.equals(was)) {
                differences.add(name + " was \"" + was + "\", is \"" + is + "\"");
            }
        });
        return differences;
    }
}
