package ai.facet.train.run;

import ai.djl.engine.Engine;
import ai.facet.cli.FacetVersion;
import ai.facet.json.JsonObject;
import ai.facet.train.config.Devices;
import ai.facet.train.config.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Where a run computes. Bits of the result are only promised to be the same where all values are.
 *
 * @param values by name: versions, processor, threads, device
 */
record Environment(Map<String, String> values) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> VECTOR_FEATURES =
            List.of("avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "asimd", "sve");

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
        values.put("cpu", cpu());
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

    private static String cpu() throws IOException {
        if (!Files.isReadable(CPU_INFO)) {
            return System.getProperty("os.arch");
        }
        String model = "";
        TreeSet<String> features = new TreeSet<>();
        for (String line : Files.readAllLines(CPU_INFO)) {
            if (line.startsWith("model name") && model.isEmpty()) {
                model = line.substring(line.indexOf(':') + 1).strip();
            } else if (line.startsWith("flags") || line.startsWith("Features")) {
                features.addAll(
                        List.of(line.substring(line.indexOf(':') + 1).strip().split(" ")));
            }
        }
        features.retainAll(VECTOR_FEATURES);
        return (model + " " + String.join(" ", features)).strip();
    }
}
