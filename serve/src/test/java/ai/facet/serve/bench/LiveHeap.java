package ai.facet.serve.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's heap still holds after a full collection: when this was made, and at each later question. */
final class LiveHeap {
    private static final Pattern USED = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"\\} (\\S+)");
    private static final double MEBIBYTE = 1 << 20;

    private final ServerProcess server;
    private final long beforeBytes;

    LiveHeap(ServerProcess server) throws IOException, InterruptedException {
        this.server = server;
        this.beforeBytes = bytes();
    }

    long growthBytes() throws IOException, InterruptedException {
        return bytes() - beforeBytes;
    }

    /** After a collection by the JDK's jcmd. The server is this JVM's only child. */
    private long bytes() throws IOException, InterruptedException {
        long child =
                ProcessHandle.current().children().findFirst().orElseThrow().pid();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process collection = new ProcessBuilder(jcmd, Long.toString(child), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (collection.waitFor() != 0) {
            throw new IOException(jcmd + " could not collect the server's garbage");
        }
        Matcher used = USED.matcher(server.metrics());
        if (!used.find()) {
            throw new IOException("GET /metrics does not tell the heap");
        }
        return (long) Double.parseDouble(used.group(1));
    }

    @Override
    public String toString() {
        try {
            long now = bytes();
            return String.format(
                    Locale.ROOT, "%.1f MiB before, %.1f MiB after", beforeBytes / MEBIBYTE, now / MEBIBYTE);
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }
}
