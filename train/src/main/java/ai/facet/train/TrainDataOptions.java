package ai.facet.train;

import ai.facet.train.config.DataConfig;
import java.nio.file.Path;
import java.util.List;
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
            names = "--split-column",
            paramLabel = "TITLE",
            description = "Column that says train, validation or test for each row.")
    @Nullable
    String splitColumn;

    @Option(
            names = "--group-column",
            paramLabel = "TITLE",
            description = "Rows with the same value stay in the same part, for example pictures of one person.")
    @Nullable
    String groupColumn;

    @Option(
            names = "--box-columns",
            paramLabel = "X,Y,W,H",
            split = ",",
            description = "Titles of four columns with left, top, width and height in pixels: the part to look at.")
    List<String> boxColumns = List.of();

    @Option(
            names = "--schema",
            paramLabel = "JSON",
            description = "Attributes and classes in order. Otherwise they are inferred from --data and frozen.")
    @Nullable
    Path schema;

    @Option(
            names = "--skip-bad-images",
            description = "Leave out pictures that cannot be read, naming them, instead of stopping.")
    boolean skipBadImages;

    DataConfig resolve(Path csv) {
        return new DataConfig(
                csv, validationData, testData, splitColumn, groupColumn, boxColumns, schema, skipBadImages);
    }
}
