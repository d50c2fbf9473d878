package ai.facet.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/** Whether a person sees standard error as it is written. */
public final class Terminal {
    private static final long LONGEST_WAIT_SECONDS = 5;
    private static final boolean STANDARD_ERROR = !"dumb".equals(System.getenv("TERM")) && isStandardErrorTerminal();

    private Terminal() {}

    /** False for a pipe, a file, or a terminal that cannot move its cursor. */
    public static boolean isStandardError() {
        return STANDARD_ERROR;
    }

    /** How messages on standard error are coloured: not at all in pipes and files, or where NO_COLOR is set. */
    static Ansi ansi() {
        String noColor = System.getenv("NO_COLOR"); // https://no-color.org: set and not empty
        return STANDARD_ERROR && (noColor == null || noColor.isEmpty()) ? Ansi.AUTO : Ansi.OFF;
    }

    /** Java knows of a console only where input and output are terminals both, so POSIX's test(1) is asked. */
    @SuppressWarnings("SystemConsoleNull") // only where there is no such command, as on Windows
    private static boolean isStandardErrorTerminal() {
        try {
            Process test = new ProcessBuilder("test", "-t", "2")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return test.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return System.console() != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
