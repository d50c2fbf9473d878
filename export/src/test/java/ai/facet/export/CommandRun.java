package ai.facet.export;

import ai.facet.cli.FacetCommands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What a command of this module said and returned. */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        StringWriter errors = new StringWriter();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            CommandLine commandLine = FacetCommands.commandLine(new ExportMain());
            commandLine.setErr(new PrintWriter(errors, true));
            commandLine.setOut(new PrintWriter(captured, true, StandardCharsets.UTF_8));
            int exitCode = commandLine.execute(args);
            return new CommandRun(exitCode, captured.toString(StandardCharsets.UTF_8), errors.toString());
        } finally {
            System.setOut(before);
        }
    }
}
