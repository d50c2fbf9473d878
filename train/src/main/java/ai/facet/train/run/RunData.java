package ai.facet.train.run;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.DataSplit;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.SplitFile;
import ai.facet.annotations.SplitOptions;
import ai.facet.annotations.SplitSide;
import ai.facet.cli.Plural;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.preprocess.Preprocessing;
import ai.facet.train.cache.PackedCache;
import ai.facet.train.config.RunConfig;
import ai.facet.train.input.DecodedPictures;
import ai.facet.train.input.PictureCheck;
import ai.facet.train.input.PictureReader;
import ai.facet.train.input.PictureStore;
import ai.facet.train.input.PixelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** The pictures of a run, checked, divided and ready to be read. */
final class RunData implements AutoCloseable {
    static final String SPLIT = "split.json";

    private static final Logger LOG = LogManager.getLogger();

    private final AnnotationTable table;
    private final List<Integer> positions;
    private final DataSplit split;
    private final PictureReader reader;
    private final @Nullable PictureStore store;

    private RunData(
            AnnotationTable table,
            List<Integer> positions,
            DataSplit split,
            PictureReader reader,
            @Nullable PictureStore store) {
        this.table = table;
        this.positions = positions;
        this.split = split;
        this.reader = reader;
        this.store = store;
    }

    /**
     * Reads every picture once and divides them.
     *
     * @throws UserException (exit 1) if pictures are damaged and are not to be skipped, or a side is empty
     */
    static RunData load(
            AnnotationTable all, RunConfig config, Preprocessing preprocessing, Path folder, ExecutorService readers)
            throws IOException {
        PictureReader reader = new PictureReader(preprocessing);
        PictureStore store = store(config, folder, all.size(), preprocessing);
        try {
            PictureCheck.Result result = check(all, preprocessing, reader, store, readers);
            result.refuseOrSkip(all.size(), config.data().skipBadImages());
            List<Integer> positions = List.copyOf(result.fingerprints().keySet());
            List<ImageFingerprint> fingerprints =
                    List.copyOf(result.fingerprints().values());
            List<AnnotatedImage> good =
                    positions.stream().map(all.images()::get).toList();
            AnnotationTable table = all.withImages(good);
            DataSplit split = split(table, fingerprints, config, folder.resolve(SPLIT));
            RunData data = new RunData(table, positions, split, reader, store);
            data.requireSides();
            return data;
        } catch (IOException | RuntimeException e) {
            if (store != null) {
                store.close();
            }
            throw e;
        }
    }

    /** The stored split of a run that goes on, or a new one, which is stored. */
    private static DataSplit split(
            AnnotationTable table, List<ImageFingerprint> fingerprints, RunConfig config, Path file)
            throws IOException {
        if (Files.exists(file)) {
            return SplitFile.read(file, table, fingerprints);
        }
        SplitOptions options =
                new SplitOptions(config.training().seed(), config.training().validationFraction(), 0, true);
        DataSplit split = DataSplit.of(table, fingerprints, options);
        split.warnings().forEach(LOG::warn);
        SplitFile.write(file, split, fingerprints, AtomicFiles.real());
        return split;
    }

    /** The pictures of one side. */
    DecodedPictures pictures(SplitSide side) {
        List<AnnotatedImage> images = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i : split.indices(side)) {
            images.add(table.images().get(i));
            places.add(positions.get(i));
        }
        return new DecodedPictures(images, places, reader, store);
    }

    AnnotationTable table() {
        return table;
    }

    DataSplit split() {
        return split;
    }

    /** What a model keeps of its data; no file names. */
    Map<String, Object> provenance() {
        return split.provenance(table);
    }

    @Override
    public void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }

    private void requireSides() {
        for (SplitSide side : List.of(SplitSide.TRAIN, SplitSide.VALIDATION)) {
            if (split.indices(side).length < 2) {
                throw UserException.failed("the data has " + split.summary() + " pictures; expected at least 2 of "
                        + side.text() + ". Add pictures, or change --validation-fraction or the split column");
            }
        }
    }

    private static @Nullable PictureStore store(
            RunConfig config, Path folder, int pictures, Preprocessing preprocessing) throws IOException {
        Path kept = config.cacheFolder();
        if (kept != null) {
            return packed(kept, preprocessing);
        }
        int pictureBytes = preprocessing.imageBytes();
        if (!config.cache()) {
            return null;
        }
        if (!PixelStore.fits(folder, pictures, pictureBytes)) {
            LOG.warn("no room to keep decoded pictures; they are decoded again in every epoch");
            return null;
        }
        return PixelStore.open(folder, pictureBytes);
    }

    /** A cache only saves time, so a run goes on without it; what is no cache is refused. */
    private static @Nullable PictureStore packed(Path folder, Preprocessing preprocessing) {
        try {
            return PackedCache.open(folder, preprocessing);
        } catch (IOException e) {
            LOG.warn(
                    "--cache {} cannot be used: {}; pictures are decoded again in every epoch", folder, e.getMessage());
            return null;
        }
    }

    private static PictureCheck.Result check(
            AnnotationTable all,
            Preprocessing preprocessing,
            PictureReader reader,
            @Nullable PictureStore store,
            ExecutorService readers)
            throws IOException {
        PictureCheck check = new PictureCheck(reader, preprocessing.imageBytes(), store);
        long started = System.nanoTime();
        PictureCheck.Result result = check.run(all.images(), readers, done -> {});
        if (store instanceof PackedCache cache) {
            System.err.printf(
                    Locale.ROOT,
                    "facet: cache %s: %s taken from it, %,d added, in %.1f s%n",
                    cache.path(),
                    Plural.of(cache.recalled(), "picture"),
                    cache.added(),
                    (System.nanoTime() - started) / 1e9);
        }
        return result;
    }
}
