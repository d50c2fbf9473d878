package ai.facet.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** The processor that this process runs on. */
public final class Processor {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> VECTOR_FEATURES = List.of(
            "avx", "avx2", "fma", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "asimd", "sve");

    private Processor() {}

    /** Its name and what it has for arithmetic, from {@code /proc/cpuinfo}; elsewhere only the architecture. */
    public static String describe() throws IOException {
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
