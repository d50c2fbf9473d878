package ai.facet.annotations;

import ai.facet.cli.UserException;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Option;

/** The options, shared by commands, that say where a CSV names its pictures and what an absent label looks like. */
public class PictureColumnArguments {
    @Option(
            names = "--image-column",
            paramLabel = "TITLE",
            defaultValue = CsvOptions.IMAGE_COLUMN,
            description = "Column of image paths, relative to the CSV's folder. Default: ${DEFAULT-VALUE}.")
    private String imageColumn = CsvOptions.IMAGE_COLUMN;

    @Option(names = "--box", description = "Look at each row's box only, in pixels, from the columns x,y,w,h.")
    private boolean box;

    @Option(
            names = "--box-columns",
            paramLabel = "TITLE",
            split = ",",
            description = "The same from columns with other titles: left,top,width,height.")
    private List<String> boxColumns = List.of();

    @Option(
            names = "--missing",
            paramLabel = "TEXT",
            description = "A cell text that means no label, beside the empty one. Repeatable. Default: none.")
    private List<String> missing = List.of();

    @Option(
            names = "--unknown-as-missing",
            description = "Take a class that the model's or the given schema lacks for no label; each is counted in the"
                    + " log. Default: an error.")
    private boolean unknownAsMissing;

    /** Made by Picocli. */
    public PictureColumnArguments() {}

    /**
     * The options as given, without attributes and sides.
     *
     * @throws UserException (exit 2) if there are not four box columns
     */
    public CsvOptions toColumns() {
        List<String> boxes = boxColumns.isEmpty() && box ? CsvOptions.BOX_COLUMNS : boxColumns;
        if (!boxes.isEmpty() && boxes.size() != CsvOptions.BOX_COLUMNS.size()) {
            throw UserException.badArguments(
                    "--box-columns has " + boxes.size() + " titles; expected four: left,top,width,height");
        }
        return CsvOptions.defaults()
                .withImageColumn(imageColumn)
                .withBoxColumns(boxes)
                .withMissing(new LinkedHashSet<>(missing))
                .withUnknownAsMissing(unknownAsMissing);
    }
}
