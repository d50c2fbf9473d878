package ai.facet.train.synth;

import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes a data set: {@code images/NNNNN.jpg}, {@code regions.csv}, {@code contact-sheet.png} and, last,
 * {@code attributes.csv}, so a folder with that file is complete.
 */
final class SynthWriter {
    static final String ANNOTATIONS = "attributes.csv";
    static final String REGIONS = "regions.csv";
    static final String CONTACT_SHEET = "contact-sheet.png";

    private static final int SHEET_TILE_PX = 224;

    private final SynthConfig config;
    private final AtomicFiles files = AtomicFiles.real();

    SynthWriter(SynthConfig config) {
        this.config = config;
    }

    /** Labels and boxes of a picture that is on disk. */
    private record Written(String file, PersonTraits traits, List<SynthImage.Region> regions) {}

    void write() throws IOException {
        prepareFolder();
        List<Written> written = writeImages();
        files.writeText(config.output().resolve(REGIONS), regionsCsv(written));
        if (config.contactSheet() > 0) {
            writeContactSheet();
        }
        files.writeText(config.output().resolve(ANNOTATIONS), annotationsCsv(written));
    }

    private void prepareFolder() throws IOException {
        Path output = config.output();
        if (Files.isDirectory(output) && !config.overwrite()) {
            try (Stream<Path> content = Files.list(output)) {
                if (content.findAny().isPresent()) {
                    throw UserException.badArguments(output
                            + " is not empty; expected a new folder. Choose another --output or add --overwrite");
                }
            }
        }
        Files.createDirectories(output.resolve("images"));
        // an interrupted run must not look complete
        Files.deleteIfExists(output.resolve(ANNOTATIONS));
    }

    private List<Written> writeImages() throws IOException {
        PersonRenderer renderer = new PersonRenderer(config.seed(), config.sizePx());
        ExecutorService pool = Executors.newFixedThreadPool(config.threads());
        try (Progress progress = Progress.start("drawing", "pictures", config.count())) {
            List<Future<Written>> futures = new ArrayList<>();
            for (int i = 0; i < config.count(); i++) {
                int index = i;
                futures.add(pool.submit(() -> {
                    Written written = writeImage(renderer.render(index), index);
                    progress.step();
                    return written;
                }));
            }
            return collect(futures);
        } finally {
            pool.shutdownNow();
        }
    }

    private Written writeImage(SynthImage person, int index) throws IOException {
        String file = String.format("images/%05d.%s", index + 1, config.format().extension());
        Files.write(config.output().resolve(file), config.format().encode(person.image()));
        return new Written(file, person.traits(), person.regions());
    }

    private static List<Written> collect(List<Future<Written>> futures) throws IOException {
        List<Written> written = new ArrayList<>();
        try {
            for (Future<Written> future : futures) {
                written.add(future.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while drawing", e);
        }
        return written;
    }

    private void writeContactSheet() throws IOException {
        int tile = Math.min(SHEET_TILE_PX, Math.max(config.sizePx(), SHEET_TILE_PX / 2));
        PersonRenderer renderer = new PersonRenderer(config.seed(), config.sizePx());
        List<SynthImage> tiles = new ArrayList<>();
        for (int i = 0; i < Math.min(config.contactSheet(), config.count()); i++) {
            tiles.add(renderer.render(i));
        }
        files.write(
                config.output().resolve(CONTACT_SHEET), ImageFormat.PNG.encode(new ContactSheet(tiles, tile).draw()));
    }

    private static String annotationsCsv(List<Written> written) throws IOException {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, format())) {
            List<String> header = new ArrayList<>(List.of("image_path"));
            for (Attributes attribute : Attributes.values()) {
                header.add(attribute.title());
            }
            csv.printRecord(header);
            for (Written person : written) {
                List<String> row = new ArrayList<>(List.of(person.file()));
                for (Attributes attribute : Attributes.values()) {
                    row.add(person.traits().className(attribute));
                }
                csv.printRecord(row);
            }
        }
        return text.toString();
    }

    private static String regionsCsv(List<Written> written) throws IOException {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, format())) {
            csv.printRecord("image_path", "region", "x", "y", "w", "h");
            for (Written person : written) {
                for (SynthImage.Region r : person.regions()) {
                    csv.printRecord(person.file(), r.name(), r.x(), r.y(), r.widthPx(), r.heightPx());
                }
            }
        }
        return text.toString();
    }

    private static CSVFormat format() {
        return CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    }
}
