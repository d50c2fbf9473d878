package ai.facet.annotations;

import ai.facet.cli.UserException;
import ai.facet.files.RegularFiles;
import ai.facet.json.Json;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options, shared by commands, that say what the columns of a CSV mean. */
public final class AnnotationArguments extends PictureColumnArguments {
    @Option(
            names = "--attributes",
            paramLabel = "TITLE",
            split = ",",
            description = "Columns to use as attributes, with commas between. Default: all that have no other use.")
    private List<String> attributes = List.of();

    @Option(
            names = "--group-column",
            paramLabel = "TITLE",
            description = "Rows with the same text here stay on one side of the split, for instance one person's.")
    private @Nullable String groupColumn;

    @Option(names = "--split-column", paramLabel = "TITLE", description = "Column that says train, validation or test.")
    private @Nullable String splitColumn;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "JSON file with attributes and classes in order; a class that it lacks is an error."
                    + " Default: inferred from the CSV, then frozen.")
    private @Nullable Path schema;

    /** Made by Picocli. */
    public AnnotationArguments() {}

    /** The columns without a schema; {@link #schemaFile} has that. */
    @Override
    public CsvOptions toColumns() {
        return super.toColumns()
                .withAttributes(attributes)
                .withGroupColumn(groupColumn)
                .withSplitColumn(splitColumn);
    }

    public @Nullable Path schemaFile() {
        return schema;
    }

    /**
     * The options as given, with the schema read.
     *
     * @throws UserException if there are not four box columns
     * @throws IOException if the schema file cannot be read
     */
    public CsvOptions toOptions() throws IOException {
        return toColumns().withSchema(schema == null ? null : readSchema(schema));
    }

    /** Reads a schema file: {@code {"attributes": [{"id", "title", "classes"}, ...]}}. */
    public static AttributeSchema readSchema(Path file) throws IOException {
        return AttributeSchema.fromJson(Json.parseObject(RegularFiles.readText(file), file.toString()));
    }
}
