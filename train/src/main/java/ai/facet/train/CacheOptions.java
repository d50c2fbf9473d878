package ai.facet.train;

import ai.facet.cli.UserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where decoded pictures are kept. */
final class CacheOptions {
    @Option(names = "--no-cache", description = "Decode pictures again in every epoch instead of keeping them.")
    boolean noCache;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description = "Keep decoded pictures here for later runs too, which then only read and hash the files. One"
                    + " file for each --size; several runs may use it at once. Default: kept for this run only.")
    @Nullable
    Path cache;

    /** The folder for later runs, if any. */
    @Nullable
    Path folder(@Nullable Path stored) {
        if (cache != null && noCache) {
            throw UserException.badArguments("--cache and --no-cache exclude each other; give one of them");
        }
        return noCache ? null : cache != null ? cache : stored;
    }
}
