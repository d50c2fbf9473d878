package ai.facet.export.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.facet.bundle.ModelBundle;
import ai.facet.export.bundle.BundleExporter;
import ai.facet.export.bundle.BundleOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written today equals what was committed: an unintended change of a format shows here. */
class GoldenBundleTest {
    private static final BundleOptions WITH_MAPS = new BundleOptions(true, false, null);

    @TempDir
    Path folder;

    @Test
    void sameWeightsStillGiveTheGoldenBytes() throws IOException {
        Path bundle = folder.resolve("bundle");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            new BundleExporter(MakeBundleGolden.network(manager), MakeBundleGolden.description(), WITH_MAPS)
                    .write(bundle, List.of(), false);
        }
        for (String file : List.of(ModelBundle.DESCRIPTION, ModelBundle.ONNX, ModelBundle.TORCHSCRIPT)) {
            assertThat(Files.readAllBytes(bundle.resolve(file)))
                    .as("%s; if the change is wanted, run scripts/goldens/make-bundle-golden.sh", file)
                    .isEqualTo(golden("bundle-v1/" + file));
        }
        assertThat(Files.readAllBytes(bundle.resolve(ModelBundle.EXPLAIN)))
                .isEqualTo(golden("bundle-v1-explain/" + ModelBundle.EXPLAIN));
    }

    private static byte[] golden(String file) throws IOException {
        try (InputStream in = GoldenBundleTest.class.getResourceAsStream("/golden/" + file)) {
            assertThat(in).as("golden %s on the class path", file).isNotNull();
            return in.readAllBytes();
        }
    }
}
