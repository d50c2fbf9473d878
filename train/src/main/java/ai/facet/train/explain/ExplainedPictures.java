package ai.facet.train.explain;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.files.PictureFiles;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns what {@code --data} names, CSV files, folders, pictures or patterns, into pictures with or without labels. */
final class ExplainedPictures {
    private static final String CSV = ".csv";

    private ExplainedPictures() {}

    /**
     * All pictures in the order of the arguments. Only of a single CSV the table has a hash, so that only there a split can be
     * looked up.
     *
     * @param columns how CSV files are read
     * @throws ai.facet.cli.UserException (exit 2) if an argument matches nothing
     */
    static AnnotationTable of(List<String> data, boolean recursive, CsvOptions columns, AttributeSchema schema)
            throws IOException {
        if (data.size() == 1 && isCsv(data.get(0))) {
            return CsvAnnotations.read(Path.of(data.get(0)), columns.withSchema(schema));
        }
        List<AnnotatedImage> images = new ArrayList<>();
        for (String argument : data) {
            if (isCsv(argument)) {
                images.addAll(CsvAnnotations.read(Path.of(argument), columns.withSchema(schema))
                        .images());
            } else {
                for (Path file : PictureFiles.expand(List.of(argument), recursive)) {
                    images.add(unlabelled(file, schema));
                }
            }
        }
        return new AnnotationTable(schema, images, "", List.of(), List.of());
    }

    static boolean isCsv(String argument) {
        return argument.toLowerCase(Locale.ROOT).endsWith(CSV) && !Files.isDirectory(Path.of(argument));
    }

    private static AnnotatedImage unlabelled(Path file, AttributeSchema schema) {
        int[] labels = new int[schema.size()];
        Arrays.fill(labels, AnnotatedImage.MISSING);
        return new AnnotatedImage(file, file, AnnotatedImage.NO_LINE, labels, null, null, null);
    }
}
