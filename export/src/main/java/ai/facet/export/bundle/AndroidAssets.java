package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The assets of an Android app such as {@code android-demo}: {@code model/} with the int8 model where the bundle has one that
 * passed, else the floats, and what people read. Beside the integers lies {@code int8.json}, from which the app checks them when
 * it loads them, and {@code model.onnx} as the fall-back for phones that compute otherwise. Who would rather have a small app
 * removes it: then the app warns there. The app needs no other file.
 */
public final class AndroidAssets {
    private final Path assets;

    /** @param assets such as {@code android-demo/app/src/main/assets} */
    public AndroidAssets(Path assets) {
        this.assets = assets;
    }

    /** Where the model lies. An app has one. */
    public Path model() {
        return assets.resolve("model");
    }

    /**
     * Puts a bundle's model there, in one step.
     *
     * @param bundle a bundle's folder
     * @param overwrite whether a model that is there may be replaced
     * @throws ai.facet.cli.UserException if one is there that may not
     */
    public void write(Path bundle, boolean overwrite) throws IOException {
        try (StagedFolder staged = new StagedFolder(model(), overwrite)) {
            for (String file : models(bundle)) {
                Files.copy(bundle.resolve(file), staged.path().resolve(file));
            }
            Files.copy(bundle.resolve(ModelBundle.MODEL_CARD), staged.path().resolve(ModelBundle.MODEL_CARD));
            // for people, and so that the next export knows what it may replace
            Files.copy(bundle.resolve(ModelBundle.DESCRIPTION), staged.path().resolve(ModelBundle.DESCRIPTION));
            ModelBundle.writeChecksums(staged.path());
            staged.publish();
        }
    }

    /** What the app reads. */
    private static List<String> models(Path bundle) {
        return Files.exists(bundle.resolve(ModelBundle.INT8))
                ? List.of(ModelBundle.INT8, ModelBundle.INT8_REPORT, ModelBundle.ONNX)
                : List.of(ModelBundle.ONNX);
    }
}
