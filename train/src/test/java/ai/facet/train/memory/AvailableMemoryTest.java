package ai.facet.train.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
    @TempDir
    Path root;

    @Test
    void isWhatTheSystemSaysWithoutAGroup() throws IOException {
        write("proc/meminfo", "MemTotal:  9000 kB\nMemAvailable:    5000 kB\n");

        assertThat(AvailableMemory.bytes(root)).hasValue(5000L * 1024);
    }

    @Test
    void isUnknownWhereTheSystemDoesNotSay() {
        assertThat(AvailableMemory.bytes(root)).isEmpty();
    }

    @Test
    void aGroupAroundMayLeaveLess() throws IOException {
        write("proc/meminfo", "MemAvailable:    5000 kB\n");
        write("proc/self/cgroup", "0::/outer/inner\n");
        write("sys/fs/cgroup/outer/memory.max", "3000000\n");
        write("sys/fs/cgroup/outer/memory.current", "2000000\n");
        write("sys/fs/cgroup/outer/memory.stat", "anon 1\ninactive_file 500000\n");
        write("sys/fs/cgroup/outer/inner/memory.max", "max\n");
        write("sys/fs/cgroup/outer/inner/memory.current", "1000\n");

        assertThat(AvailableMemory.bytes(root)).hasValue(1_500_000);
    }

    @Test
    void readsTheOlderGroupsToo() throws IOException {
        write("proc/meminfo", "MemAvailable:    5000 kB\n");
        write("proc/self/cgroup", "5:cpu:/x\n3:memory:/hidden\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000000\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "400000\n");

        assertThat(AvailableMemory.bytes(root)).hasValue(600_000);
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
