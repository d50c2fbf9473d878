package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.serve.djl.FacetTranslatorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A {@code MODEL_SERVER_HOME} of DJL Serving: {@code models/NAME} with what it needs of a bundle, and {@code
 * deps/facet-djl-serving.jar}, which translates for all of them. Several models may be written into the same folder.
 */
public final class DjlServingFolder {
    private static final String JAR = "facet-djl-serving.jar";
    private static final List<String> FILES =
            List.of(ModelBundle.ONNX, ModelBundle.DESCRIPTION, ModelBundle.SERVING_PROPERTIES, ModelBundle.MODEL_CARD);

    private final Path home;

    public DjlServingFolder(Path home) {
        this.home = home;
    }

    /** Where a model lies. */
    public Path model(String name) {
        return home.resolve("models").resolve(name);
    }

    /**
     * Writes a bundle's model under its name, in one step.
     *
     * @param overwrite whether a model of that name may be replaced
     * @throws UserException if one is there that may not
     */
    public void write(ModelBundle bundle, Path bundleFolder, boolean overwrite) throws IOException {
        byte[] jar = jar();
        try (StagedFolder staged = new StagedFolder(model(bundle.description().name()), overwrite)) {
            for (String file : FILES) {
                Files.copy(bundleFolder.resolve(file), staged.path().resolve(file));
            }
            ModelBundle.writeChecksums(staged.path());
            Path deps = Files.createDirectories(home.resolve("deps"));
            AtomicFiles.real().write(deps.resolve(JAR), jar);
            staged.publish();
        }
    }

    private static byte[] jar() throws IOException {
        try (InputStream in = FacetTranslatorFactory.class.getResourceAsStream(JAR)) {
            if (in == null) {
                throw UserException.failed(JAR + " is not in this build. Build with: mvn -DskipTests package");
            }
            return in.readAllBytes();
        }
    }
}
