package ai.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class FacetCommandsTest {
    /** With a group, as help pages need it. */
    @Command(name = "toy")
    static final class Toy implements Runnable {
        @ArgGroup(validate = false, heading = "Group:%n")
        private Group group = new Group();

        @Option(names = "--name")
        private List<String> names = new ArrayList<>();

        @Parameters
        private List<String> rest = new ArrayList<>();

        private String seen = "";

        @Override
        public void run() {
            seen = group.size + " " + group.network + " " + names + " " + rest;
        }
    }

    /** Two options. */
    static final class Group {
        @Option(names = {"-s", "--size"})
        private int size = 96;

        @Option(names = "--network")
        private String network = "usual";
    }

    /** Looks for files. */
    @Command(name = "reader")
    static final class Reader implements Callable<Integer> {
        @Parameters
        private Path file = Path.of("none");

        @Option(names = "--wanted")
        private @Nullable String wanted;

        @Override
        public Integer call() throws IOException {
            if (wanted != null && !Files.exists(file)) {
                throw new NoSuchFileException(file.toString(), null, "does not exist; expected " + wanted);
            }
            Files.readString(file);
            return ExitCodes.DONE;
        }
    }

    @TempDir
    Path folder;

    private final Toy toy = new Toy();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return run(toy, args);
    }

    private int run(Object command, String... args) {
        CommandLine line = FacetCommands.commandLine(command);
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    @Test
    void anOptionThatStandsTwiceIsRefused() {
        assertThat(run("--size", "32", "--network", "mine", "--size", "64")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--size is given 2 times; expected once");
    }

    @Test
    void shortAndJoinedNamesCountToo() {
        assertThat(run("-s", "32", "--size=64")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
    }

    @Test
    void listsMayGrowAndOthersArgumentsAreTheirOwn() {
        assertThat(run("--name", "a", "--size", "32", "--name", "b", "--", "--size", "--size"))
                .isEqualTo(ExitCodes.DONE);
        assertThat(toy.seen).isEqualTo("32 usual [a, b] [--size, --size]");
    }

    @Test
    void aFileThatIsNotThereIsABadArgument() {
        String missing = folder.resolve("people.csv").toString();

        assertThat(run(new Reader(), missing)).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(run(new Reader(), missing, "--wanted", "a CSV")).isEqualTo(ExitCodes.BAD_ARGUMENTS);

        assertThat(err.toString())
                .contains(missing + " does not exist" + System.lineSeparator())
                .contains(missing + " does not exist; expected a CSV");
    }

    @Test
    void aFileThatCannotBeReadIsAFailure() {
        assertThat(run(new Reader(), folder.toString())).isEqualTo(ExitCodes.FAILED);
    }
}
