package ai.facet.export.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.RootCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The launcher's table and the commands in the jars say the same. */
class LauncherTableTest {
    private static final Path TABLE = Path.of("../scripts/commands.txt");

    @Test
    void theTableHoldsWhatTheModulesOffer() throws IOException {
        List<String> offered = new ArrayList<>();
        RootCommand.commandsByModule()
                .forEach((module, commands) -> commands.forEach((name, spec) -> {
                    if (isShared(name)) {
                        spec.subcommands().keySet().forEach(sub -> offered.add(name + " " + sub + " " + module));
                    } else {
                        offered.add(name + " " + module);
                    }
                }));
        offered.remove("evaluate train"); // the launcher sees by its arguments which one is meant

        assertThat(rows()).containsExactlyInAnyOrderElementsOf(offered);
    }

    /** Where several modules offer a command with subcommands of their own, the table has a row for each of those. */
    private static boolean isShared(String command) {
        return RootCommand.commandsByModule().values().stream()
                        .filter(commands -> commands.containsKey(command)
                                && !commands.get(command).subcommands().isEmpty())
                        .count()
                > 1;
    }

    @Test
    void rootHelpShowsTheSubcommandsOfAllModules() {
        assertThat(RootCommand.withModules().getSubcommands())
                .hasEntrySatisfying(
                        "bench", bench -> assertThat(bench.getSubcommands()).containsKeys("train", "export"));
    }

    @Test
    void everyCommandExplainsItself() {
        RootCommand.commandsByModule()
                .values()
                .forEach(commands -> commands.forEach((name, spec) ->
                        assertThat(spec.usageMessage().description()).as(name).isNotEmpty()));
    }

    private static List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(line.trim().replaceAll("\\s+", " "));
            }
        }
        return rows;
    }
}
