package ai.facet.train.explain;

import ai.facet.cli.UserException;
import ai.facet.files.RegularFiles;
import ai.facet.image.Box;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Named boxes of pictures, from a CSV with the columns {@code image_path,region,x,y,w,h}: paths relative to its folder,
 * pixels of the upright picture, as {@code facet data synth} writes it. A region may have several boxes in a picture.
 */
final class RegionFile {
    private static final List<String> COLUMNS = List.of("image_path", "region", "x", "y", "w", "h");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();

    private final Map<Path, Map<String, List<Box>>> boxes = new LinkedHashMap<>();
    private final SortedSet<String> names = new TreeSet<>();

    private RegionFile() {}

    /**
     * Reads a file.
     *
     * @throws UserException (exit 1) naming the row that is wrong
     */
    static RegionFile read(Path file) throws IOException {
        String text = RegularFiles.readText(file);
        RegionFile regions = new RegionFile();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
            if (!parser.getHeaderNames().containsAll(COLUMNS)) {
                throw UserException.failed(file.getFileName() + ":1: the columns are " + parser.getHeaderNames()
                        + "; expected " + String.join(",", COLUMNS));
            }
            for (CSVRecord row : parser) {
                regions.add(file, row);
            }
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw UserException.failed(file.getFileName() + ": " + e.getMessage());
        }
        return regions;
    }

    private void add(Path file, CSVRecord row) {
        if (!row.isConsistent()) {
            throw wrong(file, row, row.size() + " cells");
        }
        String name = row.get("region").strip();
        try {
            Box box = new Box(number(row, "x"), number(row, "y"), number(row, "w"), number(row, "h"));
            names.add(name);
            boxes.computeIfAbsent(key(file.resolveSibling(row.get("image_path"))), p -> new LinkedHashMap<>())
                    .computeIfAbsent(name, n -> new ArrayList<>())
                    .add(box);
        } catch (IllegalArgumentException e) {
            throw wrong(file, row, String.valueOf(e.getMessage()));
        }
    }

    private static int number(CSVRecord row, String column) {
        return Integer.parseInt(row.get(column).strip());
    }

    private static UserException wrong(Path file, CSVRecord row, String what) {
        return UserException.failed(file.getFileName() + ": row " + row.getRecordNumber() + " below the titles: " + what
                + "; expected a picture's path, a region's name and four whole numbers of pixels");
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** All regions' names in the file. */
    SortedSet<String> names() {
        return names;
    }

    /** A picture's boxes by region; empty if it has none. */
    Map<String, List<Box>> of(Path picture) {
        return boxes.getOrDefault(key(picture), Map.of());
    }
}
