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
    void everyRowNamesACommandThatItsModuleOffers() throws IOException {
        for (String[] row : rows()) {
            assertThat(RootCommand.commandsByModule().get(row[1]))
                    .as("commands of module %s", row[1])
                    .containsKey(row[0]);
        }
    }

    @Test
    void everyCommandHasARow() throws IOException {
        List<String> known = rows().stream().map(row -> row[0]).toList();

        RootCommand.commandsByModule()
                .forEach((module, commands) -> assertThat(known).containsAll(commands.keySet()));
    }

    @Test
    void everyCommandExplainsItself() {
        RootCommand.commandsByModule()
                .values()
                .forEach(commands -> commands.forEach((name, spec) ->
                        assertThat(spec.usageMessage().description()).as(name).isNotEmpty()));
    }

    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(line.trim().split("\\s+", -1));
            }
        }
        return rows;
    }
}
