package ai.facet.annotations;

import ai.facet.files.RegularFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The cells of a CSV file, before anything is known of the columns' meaning.
 *
 * @param header the titles, stripped of white space around them
 * @param rows the rows below, empty lines left out
 */
record CsvText(Path file, List<String> header, List<Row> rows) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    /** One row; {@code line} is where it starts, from 1. */
    record Row(int line, List<String> cells) {}

    /**
     * Reads a whole file.
     *
     * @throws AnnotationException if it is not UTF-8, its quoting is broken or it has no rows
     */
    static CsvText read(Path file) throws IOException {
        RegularFiles.require(file);
        String text = decode(file, Files.readAllBytes(file));
        List<Row> rows = parse(file, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        if (rows.isEmpty()) {
            throw new AnnotationException(
                    file.getFileName() + ":1: the file is empty; expected a line of column titles");
        }
        List<String> header = rows.get(0).cells().stream().map(String::strip).toList();
        if (rows.size() == 1) {
            throw new AnnotationException(
                    file.getFileName() + ":1: no rows below the column titles; expected one row per image");
        }
        return new CsvText(file, header, rows.subList(1, rows.size()));
    }

    private static String decode(Path file, byte[] bytes) throws AnnotationException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new AnnotationException(file.getFileName() + ":" + lineAt(bytes, in.position())
                    + ": byte 0x%02X".formatted(bytes[in.position()] & 0xFF)
                    + " is not UTF-8. Save the file as UTF-8 (\"CSV UTF-8\" in spreadsheets)");
        }
        return out.flip().toString();
    }

    private static int lineAt(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static List<Row> parse(Path file, String text) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
            Lines lines = new Lines(text);
            for (CSVRecord record : parser) {
                rows.add(new Row(lines.at(record.getCharacterPosition()), record.toList()));
            }
        } catch (UncheckedIOException e) {
            String cause = String.valueOf(e.getMessage()).replaceFirst("^.*Exception: ", "");
            throw new AnnotationException(file.getFileName() + ": broken quoting: " + cause
                    + ". A cell with commas or quotes stands in double quotes, and a quote inside it is doubled");
        }
        return rows;
    }

    /** Counts lines on the way through a text; positions must not decrease. */
    private static final class Lines {
        private final String text;
        private int position;
        private int line = 1;

        Lines(String text) {
            this.text = text;
        }

        int at(long target) {
            for (; position < target; position++) {
                char c = text.charAt(position);
                boolean end = c == '\n'
                        || (c == '\r' && (position + 1 == text.length() || text.charAt(position + 1) != '\n'));
                line += end ? 1 : 0;
            }
            return line;
        }
    }
}
