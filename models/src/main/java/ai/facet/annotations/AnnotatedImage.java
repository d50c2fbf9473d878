package ai.facet.annotations;

import ai.facet.image.Box;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One row: a picture, or one box of it, with its labels.
 *
 * @param path the file, resolved against the CSV's folder; not checked for existence
 * @param source the CSV file
 * @param line the line in it where the row starts, from 1
 * @param labels one class index per attribute of the schema, {@link #MISSING} if the cell is empty; not copied and not
 *     to be changed
 * @param box the part of the picture to use, or null for all of it
 * @param group rows of one group stay on one side of a split; null if there are no groups
 * @param split the side that the CSV or the choice of file demands, or null if it is to be drawn
 */
public record AnnotatedImage(
        Path path,
        Path source,
        int line,
        int[] labels,
        @Nullable Box box,
        @Nullable String group,
        @Nullable SplitSide split) {
    public static final int MISSING = -1;

    /** Line of a picture that no CSV names; its source is the picture itself. */
    public static final int NO_LINE = 0;

    /** For messages: {@code annotations.csv:214}. */
    public String place() {
        return source.getFileName() + (line == NO_LINE ? "" : ":" + line);
    }

    AnnotatedImage withSplit(@Nullable SplitSide side) {
        return new AnnotatedImage(path, source, line, labels, box, group, side);
    }
}
