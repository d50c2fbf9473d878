package ai.facet.network;

import ai.facet.files.RegularFiles;
import ai.facet.json.Json;
import java.io.IOException;
import java.nio.file.Path;

/** Networks that people name on the command line: presets, or JSON files of their own. */
public final class NetworkFiles {
    private static final String EXTENSION = ".json";

    private NetworkFiles() {}

    /**
     * The preset of a name, or the network in a file whose name ends in {@code .json}.
     *
     * @throws IllegalArgumentException naming the presets if there is none of this name
     * @throws ai.facet.json.JsonException naming the file and the layer that is wrong
     */
    public static NetworkSpec resolve(String nameOrFile) throws IOException {
        if (!nameOrFile.endsWith(EXTENSION)) {
            return Presets.byName(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        return NetworkSpec.fromJson(Json.parseObject(RegularFiles.readText(file), file.toString()));
    }
}
