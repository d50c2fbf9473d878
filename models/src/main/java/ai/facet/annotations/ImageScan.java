package ai.facet.annotations;

import ai.facet.decode.ImageDecoder;
import ai.facet.files.Sha256;
import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes every image of a table once, in parallel, so that bad files are known before a training starts. A
 * file that several rows name is read once.
 */
public final class ImageScan {
    private final ImageDecoder decoder;
    private final Runnable afterEachFile;

    /** @param afterEachFile called from several threads, for progress */
    public ImageScan(ImageDecoder decoder, Runnable afterEachFile) {
        this.decoder = decoder;
        this.afterEachFile = afterEachFile;
    }

    /** How many different files rows name. */
    public static int fileCount(List<AnnotatedImage> images) {
        return (int) images.stream().map(AnnotatedImage::path).distinct().count();
    }

    /**
     * Scans.
     *
     * @return one result per image, in their order; the same for every number of threads
     * @throws InterruptedException if the thread is interrupted; the work is then given up
     */
    public List<ScannedImage> scan(List<AnnotatedImage> images, int threads) throws InterruptedException {
        Map<Path, List<Integer>> rowsOfFile = new LinkedHashMap<>();
        for (int i = 0; i < images.size(); i++) {
            rowsOfFile
                    .computeIfAbsent(images.get(i).path(), p -> new ArrayList<>())
                    .add(i);
        }
        @Nullable ScannedImage[] results = new ScannedImage[images.size()];
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            rowsOfFile.forEach((file, rows) -> tasks.add(workers.submit(() -> scanFile(file, rows, images, results))));
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot scan the images", e.getCause());
        } finally {
            workers.shutdownNow();
        }
        return List.of(requireAll(results));
    }

    private void scanFile(
            Path file, List<Integer> rows, List<AnnotatedImage> images, @Nullable ScannedImage[] results) {
        Seen seen = look(file);
        for (int row : rows) {
            results[row] = result(images.get(row), seen);
        }
        afterEachFile.run();
    }

    /** One file, before it is known which row asks. */
    private record Seen(@Nullable ImageFingerprint fingerprint, int widthPx, int heightPx, String problem) {}

    private Seen look(Path file) {
        try {
            if (!Files.exists(file)) {
                return new Seen(null, 0, 0, file + " does not exist. Correct the path or remove the row");
            }
            byte[] bytes = decoder.read(file);
            PixelRows picture = decoder.decode(bytes, file.toString());
            ImageFingerprint fingerprint = new ImageFingerprint(Sha256.of(bytes), ImageLook.of(picture));
            return new Seen(fingerprint, picture.widthPx(), picture.heightPx(), "");
        } catch (OutOfMemoryError e) {
            return new Seen(
                    null, 0, 0, file + ": the memory does not suffice for it. Set FACET_HEAP, for instance to 4g");
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            return new Seen(null, 0, 0, message.contains(file.toString()) ? message : file + ": " + message);
        }
    }

    private static ScannedImage result(AnnotatedImage image, Seen seen) {
        if (seen.fingerprint() == null) {
            return ScannedImage.bad(image.place() + ": " + seen.problem());
        }
        Box box = image.box();
        String problem = null;
        if (box != null) {
            try {
                box.clippedTo(seen.widthPx(), seen.heightPx());
            } catch (IllegalArgumentException e) {
                problem = image.place() + ": " + e.getMessage();
            }
        }
        return new ScannedImage(seen.fingerprint(), seen.widthPx(), seen.heightPx(), problem);
    }

    private static ScannedImage[] requireAll(@Nullable ScannedImage[] results) {
        ScannedImage[] all = new ScannedImage[results.length];
        for (int i = 0; i < all.length; i++) {
            ScannedImage result = results[i];
            if (result == null) {
                throw new IllegalStateException("image " + i + " was not scanned");
            }
            all[i] = result;
        }
        return all;
    }
}
