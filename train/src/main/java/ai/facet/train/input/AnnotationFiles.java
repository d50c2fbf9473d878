package ai.facet.train.input;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.DataConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the CSV files of a run as its configuration says. Pictures are not touched. */
public final class AnnotationFiles {
    private static final Logger LOG = LogManager.getLogger();

    private AnnotationFiles() {}

    /** The rows of all files; the schema comes from the configured file or is inferred. */
    public static AnnotationTable read(DataConfig config) throws IOException {
        Path schema = config.schema();
        return read(config, schema == null ? null : AnnotationArguments.readSchema(schema));
    }

    /** The rows of all files under a known schema. Notes on how they were read go to the log. */
    public static AnnotationTable read(DataConfig config, @Nullable AttributeSchema schema) throws IOException {
        CsvOptions options = config.columns().withSchema(schema);
        AnnotationTable table = CsvAnnotations.read(config.data(), config.validationData(), config.testData(), options);
        table.notes().forEach(LOG::warn);
        return table;
    }
}
