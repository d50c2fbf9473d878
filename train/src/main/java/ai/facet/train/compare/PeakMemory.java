package ai.facet.train.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The largest resident memory of a process so far, as Linux tells it. */
final class PeakMemory {
    private static final String FIELD = "VmHWM:"; // proc_pid_status(5): peak resident set size, in kB
    private static final long BYTES_PER_KB = 1024;

    private PeakMemory() {}

    /** In bytes; 0 if the process is gone or the system does not tell. */
    static long of(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.isReadable(status) ? parse(Files.readString(status)) : 0;
        } catch (IOException e) {
            return 0; // the process ended while its file was read
        }
    }

    static long parse(String status) {
        return status.lines()
                .filter(line -> line.startsWith(FIELD))
                .map(line -> line.substring(FIELD.length()).strip().split("\\s+")[0])
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * BYTES_PER_KB)
                .findFirst()
                .orElse(0);
    }
}
