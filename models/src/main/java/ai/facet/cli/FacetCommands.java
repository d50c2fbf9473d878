package ai.facet.cli;

import ai.facet.json.JsonException;
import ai.facet.prediction.NonFiniteOutputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Runs a module's commands: one line on standard error for a failure, the stack trace only with {@code --verbose}.
 *
 * <p>Each module's {@code main} builds its root command and calls {@link #execute}.
 */
public final class FacetCommands {
    private static final String VERBOSE = "--verbose";
    private static final String LOG_LEVEL = "facet.log.level";

    private FacetCommands() {}

    /**
     * Parses and runs.
     *
     * @return the exit code, see {@link ExitCodes}
     */
    public static int execute(Object rootCommand, String... args) {
        if (List.of(args).contains(VERBOSE)) {
            System.setProperty(LOG_LEVEL, "DEBUG"); // read by the modules' log4j2.xml, which no command has loaded yet
        }
        return commandLine(rootCommand).execute(args);
    }

    /** The configured command line, for help pages and completion. */
    public static CommandLine commandLine(Object rootCommand) {
        CommandLine commandLine = new CommandLine(rootCommand);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setAbbreviatedOptionsAllowed(false);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setExitCodeExceptionMapper(FacetCommands::exitCode);
        commandLine.setParameterExceptionHandler(FacetCommands::explain);
        commandLine.setExecutionExceptionHandler(FacetCommands::report);
        commandLine.setExecutionStrategy(FacetCommands::runOrExplain);
        return commandLine;
    }

    /**
     * Sets a command's options as {@link #execute} would, and runs nothing.
     *
     * @throws UserException (exit 2) for what it would refuse
     */
    public static void parse(Object command, List<String> args) {
        CommandLine commandLine = commandLine(command);
        try {
            commandLine.parseArgs(args.toArray(String[]::new));
            requireOnce(commandLine, args);
        } catch (CommandLine.UnmatchedArgumentException e) {
            List<String> meant = e.getSuggestions();
            throw UserException.badArguments(
                    e.getMessage() + (meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?"));
        } catch (CommandLine.ParameterException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }

    /** A group such as {@code facet data} only holds commands: without one it explains itself. */
    private static int runOrExplain(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine command = last.commandSpec().commandLine();
        boolean runs = command.getCommand() instanceof Runnable || command.getCommand() instanceof Callable;
        if (!runs && !last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            command.usage(command.getErr(), Terminal.ansi());
            return ExitCodes.BAD_ARGUMENTS;
        }
        requireOnce(command, parsed.expandedArgs());
        return new CommandLine.RunLast().execute(parsed);
    }

    /**
     * An option that stands twice begins its group of options anew, and the group's others fall back to their defaults. Picocli
     * refuses that outside of groups only.
     */
    private static void requireOnce(CommandLine command, List<String> args) {
        int end = args.indexOf("--");
        List<String> own = end < 0 ? args : args.subList(0, end);
        for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
            long times = own.stream().filter(arg -> names(option, arg)).count();
            if (times > 1 && !option.isMultiValue()) {
                throw new CommandLine.ParameterException(
                        command, option.longestName() + " is given " + times + " times; expected once");
            }
        }
    }

    private static boolean names(CommandLine.Model.OptionSpec option, String arg) {
        return Arrays.stream(option.names()).anyMatch(name -> arg.equals(name) || arg.startsWith(name + "="));
    }

    /** One line, what may have been meant, and where the help is. */
    private static int explain(CommandLine.ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(errorText(failure.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.BAD_ARGUMENTS;
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(errorText(messageOf(failure)));
        if (parsed.expandedArgs().contains(VERBOSE)) {
            failure.printStackTrace(err);
        } else if (!isUserError(failure)) {
            err.println("Run again with " + VERBOSE + " for the stack trace.");
        }
        return exitCode(failure);
    }

    private static CommandLine.Help.Ansi.Text errorText(@Nullable String message) {
        return CommandLine.Help.defaultColorScheme(Terminal.ansi()).errorText("facet: " + message);
    }

    private static int exitCode(Throwable failure) {
        if (failure instanceof CommandLine.ParameterException || failure instanceof NoSuchFileException) {
            return ExitCodes.BAD_ARGUMENTS; // files that are not there were named by an argument
        }
        return failure instanceof UserException user ? user.exitCode() : ExitCodes.FAILED;
    }

    /** What a user is told of a failure: its message where that says enough by itself. */
    public static String messageOf(Throwable failure) {
        if (failure instanceof NoSuchFileException missing) {
            String reason = missing.getReason();
            return missing.getFile() + " " + (reason != null ? reason : "does not exist");
        }
        if (failure instanceof FileSystemException e && e.getReason() == null) {
            return e.getClass().getSimpleName() + ": " + e.getFile();
        }
        String message = failure.getMessage();
        return isUserError(failure) && message != null ? message : String.valueOf(failure);
    }

    private static boolean isUserError(Throwable failure) {
        return failure instanceof UserException
                || failure instanceof IOException
                || failure instanceof JsonException
                || failure instanceof NonFiniteOutputException;
    }
}
