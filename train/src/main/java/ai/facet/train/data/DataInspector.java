package ai.facet.train.data;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.annotations.ImageScan;
import ai.facet.annotations.RowProblem;
import ai.facet.annotations.ScannedImage;
import ai.facet.cli.Progress;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a CSV and every image that it names. */
final class DataInspector {
    private final CsvOptions options;
    private final int threads;

    DataInspector(CsvOptions options, int threads) {
        this.options = options;
        this.threads = threads;
    }

    /**
     * Inspects, and shows its progress on standard error.
     *
     * @param readImages whether to look at the images, or at the labels alone
     */
    Inspection inspect(Path csv, boolean readImages) throws IOException, InterruptedException {
        CsvAnnotations.Reading reading = CsvAnnotations.readGoodRows(csv, options);
        List<ScannedImage> scans = readImages ? scan(reading.table().images()) : List.of();
        return new Inspection(
                String.valueOf(csv.getFileName()),
                reading.table(),
                reading.problems().stream().map(RowProblem::toString).toList(),
                scans,
                Duplicates.find(reading.table(), scans));
    }

    private List<ScannedImage> scan(List<AnnotatedImage> images) throws InterruptedException {
        try (Progress progress = Progress.start("reading", "images", ImageScan.fileCount(images))) {
            return new ImageScan(new ImageDecoder(DecodeLimits.DEFAULT), progress::step).scan(images, threads);
        }
    }
}
