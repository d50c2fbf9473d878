package ai.facet.train.run;

import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.files.RegularFiles;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a folder of several runs was begun with: a JSON object beside them, so that nobody goes on with other settings. */
public final class SettingsFile {
    private final Path file;

    public SettingsFile(Path file) {
        this.file = file;
    }

    public void write(Map<String, Object> settings) throws IOException {
        AtomicFiles.real().writeText(file, Json.writePretty(settings));
    }

    /**
     * Compares each of these settings with the stored one.
     *
     * @param what the folder holds, as in "holds another experiment"
     * @throws UserException (exit 2) naming those that differ
     */
    public void requireSame(Map<String, Object> settings, String what) throws IOException {
        JsonObject stored = Json.parseObject(RegularFiles.readText(file), file.toString());
        List<String> differences = new ArrayList<>();
        settings.forEach((name, value) -> {
            String was = Json.write(stored.raw(name));
            String is = Json.write(value);
            if (!was.equals(is)) {
                differences.add(name + " was " + was + ", is " + is);
            }
        });
        if (!differences.isEmpty()) {
            throw UserException.badArguments("--output " + file.getParent() + " holds " + what + ": "
                    + String.join("; ", differences) + ". Give the same options, or another folder");
        }
    }
}
