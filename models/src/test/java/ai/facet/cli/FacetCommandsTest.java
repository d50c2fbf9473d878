package ai.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    private final Toy toy = new Toy();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = FacetCommands.commandLine(toy);
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
}
