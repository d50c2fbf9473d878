package ai.facet.train.config;

import ai.facet.cli.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a PyTorch that the user brings along ({@code PYTORCH_LIBRARY_PATH}) before the engine loads it. The engine
 * itself takes any version, and computes wrong numbers with another one than its bridge was compiled for.
 */
final class OwnTorch {
    static final String PATH = "PYTORCH_LIBRARY_PATH";
    static final String VERSION = "PYTORCH_VERSION";
    static final String FLAVOR = "PYTORCH_FLAVOR";

    /** What libtorch archives ({@code 2.7.1+cu128}) and Python wheels ({@code __version__ = '2.7.1'}) say beside lib. */
    private static final Pattern STATED = Pattern.compile("(?m)^(?:__version__ *= *['\"])?(\\d+\\.\\d+\\.\\d+)");

    private OwnTorch() {}

    /**
     * Accepts an environment without {@code PYTORCH_LIBRARY_PATH}, or with a folder of the wanted version. A folder that
     * does not tell its version is accepted.
     *
     * @throws UserException (exit 2) if the folder has no libtorch, or one of another version
     */
    static void check(Map<String, String> environment) throws IOException {
        String path = environment.get(PATH);
        if (path == null) {
            return;
        }
        Path lib = libraryFolder(path);
        String wanted = environment.getOrDefault(VERSION, TorchEngine.VERSION);
        if (lib == null) {
            throw UserException.badArguments(PATH + " is \"" + path + "\", where no "
                    + System.mapLibraryName("torch") + " lies. Give the folder \"lib\" of an unpacked libtorch "
                    + wanted
                    + " for CUDA, or unset it");
        }
        for (String name : new String[] {"build-version", "version.py"}) {
            requireVersion(lib.resolveSibling(name), wanted);
        }
    }

    private static void requireVersion(Path file, String wanted) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Matcher stated = STATED.matcher(Files.readString(file));
        if (stated.find() && !stated.group(1).equals(wanted)) {
            throw UserException.badArguments(file + ": this PyTorch is " + stated.group(1) + ", expected " + wanted
                    + "; with another version the results would be wrong. Install libtorch " + wanted + ", or put a DJL"
                    + " library compiled for it into " + PATH + " and set " + VERSION + "=" + stated.group(1));
        }
    }

    /** Where DJL's {@code LibUtils} will find libtorch; null if it will not. */
    private static @Nullable Path libraryFolder(String searchPath) {
        String library = System.mapLibraryName("torch");
        for (String entry : searchPath.split(Pattern.quote(File.pathSeparator), -1)) {
            Path path = Path.of(entry).toAbsolutePath().normalize();
            if (path.endsWith(library) && Files.isRegularFile(path)) {
                return path.resolveSibling("");
            }
            if (Files.isRegularFile(path.resolve(library))) {
                return path;
            }
        }
        return null;
    }
}
