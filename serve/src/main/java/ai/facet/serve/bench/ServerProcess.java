package ai.facet.serve.bench;

import ai.facet.cli.UserException;
import ai.facet.serve.ServeMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code facet serve} in a child process with this JVM's options and class path. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://\\S+:(\\d+)");
    private static final Pattern MEMORY = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final long STOP_SECONDS = 60;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long BYTES_PER_KIB = 1024;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server on a free port and waits until it listens.
     *
     * @param jvmOptions besides this JVM's, and stronger than those
     * @param arguments of {@code facet serve}, without the port
     * @throws UserException if it ends instead
     */
    static ServerProcess start(List<String> jvmOptions, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.contains("ExitOnOutOfMemory"))
                .forEach(command::add);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServeMain.class.getName(), "serve"));
        command.addAll(List.of("--port", "0"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new ServerProcess(process, awaitPort(out));
    }

    private static int awaitPort(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = LISTENING.matcher(line);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
        }
        throw UserException.failed("the server ended before it listened; its messages are above");
    }

    int port() {
        return port;
    }

    /** Processor time so far, in steps of about 10 ms. */
    double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / NANOS_PER_SECOND)
                .orElse(Double.NaN);
    }

    /** Resident memory; -1 where the system does not tell it in {@code /proc}. */
    long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        Matcher found = MEMORY.matcher(Files.readString(status));
        return found.find() ? Long.parseLong(found.group(1)) * BYTES_PER_KIB : -1;
    }

    /** Its measurements in Prometheus' text format. */
    String metrics() throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            int status = connection.exchange(
                    "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            if (status != 200) {
                throw new IOException("GET /metrics answered " + status);
            }
            return new String(connection.body(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
