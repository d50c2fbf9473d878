package ai.facet.annotations;

import ai.facet.cli.UserException;
import ai.facet.json.Json;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options, shared by commands, that say what the columns of a CSV mean. A Picocli mixin. */
public final class AnnotationArguments {
    @Option(
            names = "--image-column",
            paramLabel = "TITLE",
            defaultValue = CsvOptions.IMAGE_COLUMN,
            description = "Column of image paths, relative to the CSV's folder (default: ${DEFAULT-VALUE}).")
    private String imageColumn = CsvOptions.IMAGE_COLUMN;

    @Option(
            names = "--attributes",
            paramLabel = "TITLE",
            split = ",",
            description = "Columns to use as attributes, with commas between (default: all that have no other use).")
    private List<String> attributes = List.of();

    @Option(names = "--box", description = "Crop each row's box, in pixels, from the columns x,y,w,h.")
    private boolean box;

    @Option(
            names = "--box-columns",
            paramLabel = "TITLE",
            split = ",",
            description = "The same with other titles: left,top,width,height.")
    private List<String> boxColumns = List.of();

    @Option(
            names = "--group-column",
            paramLabel = "TITLE",
            description = "Rows with the same text here stay on one side of the split.")
    private @Nullable String groupColumn;

    @Option(names = "--split-column", paramLabel = "TITLE", description = "Column that says train, validation or test.")
    private @Nullable String splitColumn;

    @Option(
            names = "--missing",
            paramLabel = "TEXT",
            description = "A cell text that means no label, beside the empty one; repeatable (default: none).")
    private List<String> missing = List.of();

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description =
                    "JSON file with attributes and classes; a class that it lacks is an error (default: inferred).")
    private @Nullable Path schema;

    /**
     * The options as given.
     *
     * @throws UserException if there are not four box columns
     * @throws IOException if the schema file cannot be read
     */
    public CsvOptions toOptions() throws IOException {
        List<String> boxes = boxColumns.isEmpty() && box ? CsvOptions.BOX_COLUMNS : boxColumns;
        if (!boxes.isEmpty() && boxes.size() != CsvOptions.BOX_COLUMNS.size()) {
            throw UserException.badArguments(
                    "--box-columns has " + boxes.size() + " titles; expected four: left,top,width,height");
        }
        return new CsvOptions(
                imageColumn,
                attributes,
                boxes,
                groupColumn,
                splitColumn,
                new LinkedHashSet<>(missing),
                schema == null ? null : readSchema(schema));
    }

    /** Reads a schema file: {@code {"attributes": [{"id", "title", "classes"}, ...]}}. */
    public static AttributeSchema readSchema(Path file) throws IOException {
        return AttributeSchema.fromJson(Json.parseObject(Files.readString(file), String.valueOf(file.getFileName())));
    }
}
