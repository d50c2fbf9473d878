package ai.facet.train.explain;

import ai.facet.files.WritableFolder;
import ai.facet.train.input.PrivateFolders;
import java.io.IOException;
import java.nio.file.Path;

/** The folder for explanations: pictures of people lie in it, so only its owner may look inside. */
final class OutputFolder {
    private OutputFolder() {}

    /**
     * Makes the folder.
     *
     * @throws ai.facet.cli.UserException (exit 2) if it is not empty and may not be overwritten
     */
    static void prepare(Path folder, boolean overwrite) throws IOException {
        if (!overwrite) {
            WritableFolder.requireNew("--output", folder, ", or add --overwrite");
        }
        PrivateFolders.create(folder);
    }
}
