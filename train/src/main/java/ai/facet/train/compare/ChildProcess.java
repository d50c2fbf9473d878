package ai.facet.train.compare;

import ai.facet.process.ChildJvm;
import ai.facet.process.EndWithParent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Another Java process with the flags, class path and environment of this one. If this process is told to end, it tells
 * the other one and waits until that has ended.
 */
final class ChildProcess {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int REMEMBERED = 50; // lines
    /** facet train stores a checkpoint before it ends. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** 128 and the number of SIGINT and SIGTERM: the exit codes of a JVM that was told to end. */
    private static final List<Integer> TOLD_TO_END = List.of(130, 143);

    private ChildProcess() {}

    /**
     * How a process ended.
     *
     * @param out its standard output
     * @param lastWords the last lines of its standard error
     */
    record Ended(int exitCode, double seconds, long peakBytes, String out, List<String> lastWords) {
        boolean toldToEnd() {
            return TOLD_TO_END.contains(exitCode);
        }

        /** Why it failed, in words. */
        String reason() {
            return switch (exitCode) {
                case 137 -> "the process was killed (signal 9); most likely the computer had no memory left";
                case 134, 139, 136 ->
                    "the process crashed (signal " + (exitCode - 128) + "): " + Complaint.lastLine(lastWords);
                default -> {
                    String complaint = Complaint.of(lastWords);
                    yield complaint.isEmpty() ? "exit code " + exitCode : complaint;
                }
            };
        }
    }

    /**
     * Runs a main class to its end. Its standard error goes to a log and to a stream line by line.
     *
     * @param log receives all that it writes, after what the file holds already
     */
    static Ended run(String mainClass, List<String> arguments, Path log, PrintStream err) throws IOException {
        long start = System.nanoTime();
        Path out = log.resolveSibling(log.getFileName() + ".out");
        Process process = new ProcessBuilder(ChildJvm.command(List.of(), mainClass, arguments))
                .redirectOutput(out.toFile())
                .start();
        process.getOutputStream().close();
        try (EndWithParent together = new EndWithParent(process, LONGEST_WAIT)) {
            StandardError complaints = new StandardError(process, log, err);
            Thread reader = new Thread(complaints, "facet-compare-log");
            reader.setDaemon(true);
            reader.start();
            long peak = await(together, process.pid());
            reader.join();
            double seconds = (System.nanoTime() - start) / 1e9;
            String text = Files.readString(out);
            Files.delete(out);
            return new Ended(process.exitValue(), seconds, peak, text, complaints.lastWords());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another process ran", e);
        }
    }

    private static long await(EndWithParent process, long pid) throws InterruptedException {
        long peak = 0;
        do {
            peak = Math.max(peak, PeakMemory.of(pid));
        } while (!process.await(POLL));
        return peak;
    }

    /** Hands on what a process says on its standard error and remembers the last of it. */
    private static final class StandardError implements Runnable {
        private final Process process;
        private final Path log;
        private final PrintStream err;
        private final Deque<String> last = new ArrayDeque<>(); // guarded by itself

        StandardError(Process process, Path log, PrintStream err) {
            this.process = process;
            this.log = log;
            this.err = err;
        }

        @Override
        public void run() {
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
                    var file = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    file.write(line + "\n");
                    file.flush();
                    err.println(line);
                    remember(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void remember(String line) {
            synchronized (last) {
                last.addLast(line);
                if (last.size() > REMEMBERED) {
                    last.removeFirst();
                }
            }
        }

        List<String> lastWords() {
            synchronized (last) {
                return List.copyOf(last);
            }
        }
    }
}
