package ai.facet.cli;

import ai.facet.files.RegularFiles;
import ai.facet.json.Json;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import java.io.IOException;
import java.nio.file.Path;

/** A network named on the command line: a preset, a JSON file of the user's own, or a Java class. */
public final class NetworkArgument {
    private static final String EXTENSION = ".json";
    private static final String JAVA = "java:";

    private NetworkArgument() {}

    /**
     * The preset of a name, the network in a file whose name ends in {@code .json}, or {@code java:} and the name of a
     * {@link ai.facet.blocks.NetworkFactory}.
     *
     * @throws IllegalArgumentException naming the presets if there is none of this name
     * @throws ai.facet.json.JsonException naming the file and the layer that is wrong
     */
    public static NetworkSpec resolve(String nameOrFile) throws IOException {
        if (nameOrFile.startsWith(JAVA)) {
            return NetworkSpec.ofFactory(nameOrFile.substring(JAVA.length()));
        }
        if (!nameOrFile.endsWith(EXTENSION)) {
            return Presets.byName(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        return NetworkSpec.fromJson(Json.parseObject(RegularFiles.readText(file), file.toString()));
    }
}
