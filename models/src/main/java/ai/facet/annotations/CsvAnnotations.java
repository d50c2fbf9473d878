package ai.facet.annotations;

import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads annotation files; the form is described in this package's overview. Image files are not touched. */
public final class CsvAnnotations {
    private static final String CURE =
            "Cells that stand for no label: name their text with --missing TEXT, or take every"
                    + " class that the schema lacks for no label with --unknown-as-missing";

    private CsvAnnotations() {}

    /**
     * What a file gave.
     *
     * @param table the good rows
     * @param problems one per bad row or cell
     */
    public record Reading(AnnotationTable table, List<RowProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a file in which every row must be good.
     *
     * @throws AnnotationException naming all bad rows
     * @throws IOException if the file cannot be read
     */
    public static AnnotationTable read(Path csv, CsvOptions options) throws IOException {
        Reading reading = readGoodRows(csv, options);
        if (!reading.problems().isEmpty()) {
            throw badRows(reading.problems(), options);
        }
        return reading.table();
    }

    /**
     * Reads a file and reports bad rows beside the good ones.
     *
     * @throws AnnotationException if the file as a whole is unusable: encoding, quoting, column titles, no good row
     */
    public static Reading readGoodRows(Path csv, CsvOptions options) throws IOException {
        CsvText text = CsvText.read(csv);
        CsvColumns columns = CsvColumns.find(text, options);
        AttributeSchema frozen = options.schema();
        AttributeSchema schema = frozen != null ? frozen : SchemaInference.infer(text, columns, options);
        RowReader rows = new RowReader(text, columns, options, schema);
        List<AnnotatedImage> images = new ArrayList<>();
        MessageDigest digest = Sha256.digest();
        MessageDigest plain = Sha256.digest();
        update(digest, Json.write(schema.toJson()));
        update(plain, Json.write(schema.toJson()));
        for (CsvText.Row row : text.rows()) {
            AnnotatedImage image = rows.read(row);
            if (image != null) {
                images.add(image);
                String path = row.cells().get(columns.image());
                update(digest, canonical(path, image, image.group(), image.split()));
                update(plain, canonical(path, image, null, null));
            }
        }
        if (images.isEmpty()) {
            throw badRows(rows.problems(), options);
        }
        AnnotationTable table =
                new AnnotationTable(schema, images, hex(digest), List.of(hex(plain)), rows.unknownAsMissing());
        return new Reading(table, rows.problems());
    }

    /**
     * Reads a file for training and, where given, separate files for validation and test, whose rows then have their
     * side fixed. The first file's schema holds for all. Its rows are for training alone when there is a validation file;
     * without one, the validation images are to be drawn from them.
     *
     * @throws AnnotationException naming all bad rows of the first file that has any
     */
    public static AnnotationTable read(Path train, @Nullable Path validation, @Nullable Path test, CsvOptions options)
            throws IOException {
        AnnotationTable first = read(train, options);
        if (validation == null && test == null) {
            return first;
        }
        CsvOptions frozen = options.withSchema(first.schema()).withSplitColumn(null);
        List<AnnotatedImage> images = new ArrayList<>();
        MessageDigest digest = Sha256.digest();
        Map<SplitSide, AnnotationTable> tables = new EnumMap<>(SplitSide.class);
        tables.put(SplitSide.TRAIN, first);
        if (validation != null) {
            tables.put(SplitSide.VALIDATION, read(validation, frozen));
        }
        if (test != null) {
            tables.put(SplitSide.TEST, read(test, frozen));
        }
        tables.forEach((side, table) -> {
            boolean drawn = side == SplitSide.TRAIN && validation == null;
            table.images().forEach(image -> images.add(drawn ? image : image.withSplit(side)));
            update(digest, side.text() + " " + table.hash());
        });
        List<String> fileHashes = tables.values().stream()
                .flatMap(table -> table.fileHashes().stream())
                .toList();
        List<String> notes = tables.values().stream()
                .flatMap(table -> table.notes().stream())
                .toList();
        return new AnnotationTable(first.schema(), images, hex(digest), fileHashes, notes);
    }

    private static AnnotationException badRows(List<RowProblem> problems, CsvOptions options) {
        return new AnnotationException(RowProblem.grouped(problems), options.schema() != null ? CURE : "");
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String canonical(
            String path, AnnotatedImage image, @Nullable String group, @Nullable SplitSide side) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(path);
        cells.add(Arrays.stream(image.labels()).boxed().toList());
        cells.add(image.box() == null ? null : image.box().toString());
        cells.add(group);
        cells.add(side == null ? null : side.text());
        return Json.write(cells);
    }

    private static void update(MessageDigest digest, String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
