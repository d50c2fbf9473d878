package ai.facet.train.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of this process as Linux counts it. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s*(\\d+) kB$");
    private static final Pattern NOW = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");
    private static final long KIB = 1024;

    private ProcessMemory() {}

    /** The most that was ever resident, in bytes; empty elsewhere. */
    public static OptionalLong peakBytes() {
        return bytes(PEAK);
    }

    /** What is resident, in bytes; empty elsewhere. */
    public static OptionalLong residentBytes() {
        return bytes(NOW);
    }

    private static OptionalLong bytes(Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(STATUS));
            return matcher.find() ? OptionalLong.of(KIB * Long.parseLong(matcher.group(1))) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
