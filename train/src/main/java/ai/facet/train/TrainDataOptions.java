package ai.facet.train;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.train.config.DataConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which pictures and labels to use. */
final class TrainDataOptions {
    @Option(names = "--data", paramLabel = "CSV", description = "Pictures and labels to train on.")
    @Nullable
    Path data;

    @Option(
            names = "--validation-data",
            paramLabel = "CSV",
            description = "Separate validation pictures; otherwise a part of --data is kept back.")
    @Nullable
    Path validationData;

    @Option(names = "--test-data", paramLabel = "CSV", description = "Separate test pictures, measured at the end.")
    @Nullable
    Path testData;

    @Option(
            names = "--skip-bad-images",
            description = "Leave out pictures that cannot be read, naming them, instead of stopping.")
    boolean skipBadImages;

    DataConfig resolve(Path csv, AnnotationArguments columns) {
        return new DataConfig(csv, validationData, testData, columns.toColumns(), columns.schemaFile(), skipBadImages);
    }
}
