package ai.facet.export.verify;

import ai.facet.process.ChildJvm;
import ai.facet.process.EndWithParent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs one artifact in a process of its own and explains how that ended.
 *
 * @param mainClass of the child
 * @param limit for each child
 * @param rounds of the latency
 */
record RoadRunner(String mainClass, Duration limit, int rounds) {
    private static final String HEAP = "-Xmx512m";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** HotSpot's report of a crash. */
    private static final String CRASH = "crash";

    private static final int MOST_LOG_BYTES = 1 << 20;
    /** HotSpot's report: {@code #  SIGSEGV (0xb) at pc=...}. */
    private static final Pattern SIGNAL = Pattern.compile("# +(SIG[A-Z]+) \\((0x[0-9a-f]+)\\)");

    /** 128 and the signal's number is the exit code of a process that a signal ended. */
    private static final int SIGNALLED = 128;

    private static final int KILLED = SIGNALLED + 9;
    /** HotSpot's exit code with {@code ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    /**
     * Runs an artifact.
     *
     * @param folder for the files of this exchange, private to the user
     * @param inputs from {@link InputsFile}
     * @throws IOException in one line if the child crashed, hung or could not load or run the file
     */
    RoadResults run(Artifact artifact, Path inputs, Path folder) throws IOException {
        Path results = folder.resolve("results");
        Files.deleteIfExists(results);
        Files.deleteIfExists(folder.resolve(CRASH));
        List<String> arguments = List.of(
                artifact.engine().name(),
                artifact.file().toString(),
                inputs.toString(),
                results.toString(),
                Integer.toString(rounds));
        Process process = new ProcessBuilder(ChildJvm.command(flags(folder), mainClass, arguments))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (EndWithParent together = new EndWithParent(process, PATIENCE)) {
            process.getOutputStream().close();
            boolean ended = together.await(limit);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return results(artifact, ended ? process.exitValue() : -1, folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + artifact.name() + " ran", e);
        }
    }

    /** The report of a crash goes beside the results, not into the folder where the user stands. */
    private static List<String> flags(Path folder) {
        return List.of(
                HEAP,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve(CRASH));
    }

    private RoadResults results(Artifact artifact, int exitCode, Path folder) throws IOException {
        if (exitCode != 0) {
            throw new IOException("verify stopped: the process " + reason(exitCode, artifact, folder));
        }
        try {
            return RoadResults.read(folder.resolve("results"));
        } catch (IOException e) {
            throw new IOException(
                    "verify stopped: the process of " + artifact.file() + " ended without readable results: "
                            + e.getMessage(),
                    e);
        }
    }

    private String reason(int exitCode, Artifact artifact, Path folder) throws IOException {
        String when = " while it " + phase(folder) + " " + artifact.file() + " ("
                + artifact.engine().title() + ")";
        if (exitCode == -1) {
            return "did not end within " + limit.toSeconds() + " s" + when + "; a longer --timeout may help";
        }
        if (exitCode == KILLED) {
            return "ended with signal 9" + when + "; most likely the computer had no memory left";
        }
        if (exitCode > SIGNALLED || Files.exists(folder.resolve(CRASH))) {
            return "ended with " + signal(exitCode, folder) + when + "; do not use this file";
        }
        if (exitCode == OUT_OF_MEMORY) {
            return "needed more than " + HEAP.substring("-Xmx".length()) + " of heap" + when;
        }
        String complaint = complaint(folder);
        return "failed" + when + ": " + (complaint.isEmpty() ? "exit code " + exitCode : complaint);
    }

    private static String phase(Path folder) throws IOException {
        return text(folder.resolve("out"))
                .lines()
                .filter(line -> line.startsWith(RoadMain.PHASE))
                .map(line -> line.substring(RoadMain.PHASE.length()))
                .reduce("prepared", (first, second) -> second);
    }

    /** HotSpot ends itself, with exit code 1 or by SIGABRT, after it has written which signal it got. */
    private static String signal(int exitCode, Path folder) throws IOException {
        Path report = folder.resolve(CRASH);
        if (!Files.exists(report)) {
            return "signal " + (exitCode - SIGNALLED);
        }
        Matcher signal = SIGNAL.matcher(text(report));
        return signal.find()
                ? "signal " + Integer.decode(signal.group(2)) + " (" + signal.group(1) + ")"
                : "an internal error of the Java machine";
    }

    /** What it said under our name, else the last line. */
    private static String complaint(Path folder) throws IOException {
        List<String> lines =
                text(folder.resolve("err")).lines().filter(l -> !l.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.startsWith("facet: "))
                .map(line -> line.substring("facet: ".length()))
                .findFirst()
                .orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1))
                .replaceAll("\\p{Cntrl}", " ");
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_LOG_BYTES), StandardCharsets.UTF_8);
        }
    }
}
