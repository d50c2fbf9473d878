package ai.facet.train.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory this process may still take before the system or its control group kills it. Linux tells; others do
 * not.
 */
public final class AvailableMemory {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s*(\\d+) kB$");
    private static final Pattern GROUP_V2 = Pattern.compile("(?m)^0::(/.*)$");
    private static final Pattern GROUP_V1 = Pattern.compile("(?m)^\\d+:[^:]*\\bmemory\\b[^:]*:(/.*)$");
    private static final Pattern GIVEN_BACK = Pattern.compile("(?m)^(?:total_)?inactive_file (\\d+)$");
    private static final long KIB = 1024;

    private final Path root;

    private AvailableMemory(Path root) {
        this.root = root;
    }

    /** In bytes; empty if the system does not say. */
    public static OptionalLong bytes() {
        return bytes(Path.of("/"));
    }

    /** @param root above {@code proc} and {@code sys} */
    static OptionalLong bytes(Path root) {
        return new AvailableMemory(root).smallest();
    }

    private OptionalLong smallest() {
        OptionalLong system = number(AVAILABLE, read(root.resolve("proc/meminfo")));
        if (system.isEmpty()) {
            return OptionalLong.empty();
        }
        String groups = read(root.resolve("proc/self/cgroup"));
        long free = Math.min(
                system.getAsLong() * KIB,
                inGroups("sys/fs/cgroup", first(GROUP_V2, groups), "memory.max", "memory.current"));
        return OptionalLong.of(Math.min(
                free,
                inGroups(
                        "sys/fs/cgroup/memory",
                        first(GROUP_V1, groups),
                        "memory.limit_in_bytes",
                        "memory.usage_in_bytes")));
    }

    /** What the group and all groups around it leave; inside a container the group's own path may be hidden. */
    private long inGroups(String mount, String group, String limit, String usage) {
        Path top = root.resolve(mount);
        Path folder = top.resolve(group.substring(Math.min(1, group.length()))).normalize();
        long free = left(top, limit, usage);
        Path around = top;
        for (Path name : top.relativize(folder.startsWith(top) ? folder : top)) {
            around = around.resolve(name);
            free = Math.min(free, left(around, limit, usage));
        }
        return free;
    }

    private static long left(Path folder, String limit, String usage) {
        long most = plain(read(folder.resolve(limit)));
        long used = plain(read(folder.resolve(usage)));
        long givenBack = number(GIVEN_BACK, read(folder.resolve("memory.stat"))).orElse(0);
        return most == Long.MAX_VALUE || used == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, most - used + givenBack);
    }

    /** A file's only number; {@code max}, or no file, is no limit. */
    private static long plain(String text) {
        return text.strip().matches("\\d{1,18}") ? Long.parseLong(text.strip()) : Long.MAX_VALUE;
    }

    private static OptionalLong number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
