package ai.facet.train;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.preprocess.Preprocessing;
import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.DataConfig;
import ai.facet.train.input.AnnotationFiles;
import ai.facet.train.input.Augmentation;
import ai.facet.train.input.AugmentationPlan;
import ai.facet.train.input.PictureReader;
import ai.facet.train.report.AugmentationSheet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facet data augment}: shows what augmentation does to pictures. */
@Command(
        name = "augment",
        sortOptions = false,
        description = {
            "Draw a contact sheet of augmented pictures.",
            "One row per picture; columns for the picture as it is, for each augmentation and for all mixed as in"
                    + " training. The augmentation options are those of facet train, with the same defaults."
        },
        footer = {
            "",
            "Exit code: 0 if the sheet is written, 1 if a picture cannot be read, 2 for bad arguments.",
            "Example: facet data augment persons.csv -o sheet.png --rotate 15 --cutout 0.4"
        })
final class DataAugmentCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CSV", description = "The annotations.")
    private Path csv = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PNG",
            description = "The sheet.")
    private Path output = Path.of("");

    @Option(names = "--rows", defaultValue = "6", description = "Pictures. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "128",
            description =
                    "Side of the square that pictures are fitted into, as in training. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--all", description = "Show every augmentation at a mild strength, whatever is asked for.")
    private boolean all;

    @Option(names = "--seed", defaultValue = "1", description = "Which random changes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private AnnotationArguments columns = new AnnotationArguments();

    @Mixin
    private AugmentationOptions options = new AugmentationOptions();

    @Override
    public Integer call() throws IOException {
        if (rows < 1 || rows > 100 || size < 16 || size > 1024) {
            throw UserException.badArguments(
                    "--rows is " + rows + " and --size is " + size + "; expected 1 to 100 rows and 16 to 1024 pixels");
        }
        AugmentationSheet sheet =
                new AugmentationSheet(size, columnsOf(config()), AugmentationPlan.mixings(config()), seed);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(sheet.draw(pictures()), "png", png);
        AtomicFiles.real().write(output, png.toByteArray());
        System.err.println("facet: wrote " + output);
        return ExitCodes.DONE;
    }

    private AugmentationConfig config() {
        try {
            AugmentationConfig asked = options.resolve();
            return all ? AugmentationConfig.mild(asked.flip()) : asked;
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, List<Augmentation>> columnsOf(AugmentationConfig config) {
        int fillRgb = Preprocessing.square(size).padRgb();
        Map<String, List<Augmentation>> shown = new LinkedHashMap<>();
        shown.put("original", List.of());
        AugmentationPlan.named(config, fillRgb).forEach((name, one) -> shown.put(name, List.of(one)));
        shown.put("mixed", AugmentationPlan.atRandom(config, fillRgb));
        return shown;
    }

    /** Pictures spread over the whole file. */
    private List<byte[]> pictures() throws IOException {
        AnnotationTable table =
                AnnotationFiles.read(new DataConfig(csv, null, null, columns.toColumns(), columns.schemaFile(), false));
        PictureReader reader = new PictureReader(Preprocessing.square(size));
        int shown = Math.min(rows, table.size());
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            byte[] pixels = new byte[size * size * 3];
            reader.read(table.images().get((int) ((long) i * table.size() / shown)), pixels);
            pictures.add(pixels);
        }
        return pictures;
    }
}
