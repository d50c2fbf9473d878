package ai.facet.train.input;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageLook;
import ai.facet.cli.UserException;
import ai.facet.files.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes every picture once before training starts, so that a damaged file is found in seconds and not in hours, and
 * fills the store on the way. What the store knows from an earlier run is not decoded again: only its file is read and
 * hashed.
 */
public final class PictureCheck {
    private static final int CHUNK = 64;
    private static final int SHOWN = 10;

    private final PictureReader reader;
    private final int pictureBytes;
    private final @Nullable PictureStore store;

    public PictureCheck(PictureReader reader, int pictureBytes, @Nullable PictureStore store) {
        this.reader = reader;
        this.pictureBytes = pictureBytes;
        this.store = store;
    }

    /**
     * What was found.
     *
     * @param fingerprints of the good pictures, by position in the list of images, ascending
     * @param problems of the bad ones, by position
     */
    public record Result(SortedMap<Integer, ImageFingerprint> fingerprints, SortedMap<Integer, String> problems) {
        /**
         * Says which pictures cannot be read, if any.
         *
         * @param skip go on without them
         * @throws UserException (exit 1) if they are not to be skipped, or none is left
         */
        public void refuseOrSkip(int pictures, boolean skip) {
            if (problems.isEmpty()) {
                return;
            }
            String text = String.format(Locale.ROOT, "%,d of %,d pictures cannot be read:", problems.size(), pictures)
                    + listing();
            if (!skip || fingerprints.isEmpty()) {
                throw UserException.failed(text + "\nRepair or remove them, or leave them out with --skip-bad-images");
            }
            System.err.println("facet: " + text + "\nThey are left out.");
        }

        private String listing() {
            StringBuilder text = new StringBuilder();
            problems.values().stream()
                    .limit(SHOWN)
                    .forEach(m -> text.append("\n  ").append(m));
            if (problems.size() > SHOWN) {
                text.append("\n  and ").append(problems.size() - SHOWN).append(" more");
            }
            return text.toString();
        }
    }

    /**
     * Reads all pictures with the given threads.
     *
     * @param progress is told how many are done, from any thread
     */
    public Result run(List<AnnotatedImage> images, ExecutorService readers, IntConsumer progress) throws IOException {
        Result all = new Result(new TreeMap<>(), new TreeMap<>());
        AtomicInteger done = new AtomicInteger();
        List<Future<Result>> chunks = new ArrayList<>();
        for (int from = 0; from < images.size(); from += CHUNK) {
            int first = from;
            int end = Math.min(images.size(), from + CHUNK);
            chunks.add(readers.submit(() -> {
                Result found = check(images, first, end);
                progress.accept(done.addAndGet(end - first));
                return found;
            }));
        }
        for (Future<Result> chunk : chunks) {
            Result found = resultOf(chunk);
            all.fingerprints.putAll(found.fingerprints);
            all.problems.putAll(found.problems);
        }
        if (store != null) {
            store.complete();
        }
        return all;
    }

    private Result check(List<AnnotatedImage> images, int from, int to) throws IOException {
        Result result = new Result(new TreeMap<>(), new TreeMap<>());
        byte[] pixels = new byte[pictureBytes];
        for (int i = from; i < to; i++) {
            AnnotatedImage image = images.get(i);
            ImageFingerprint decoded;
            try {
                byte[] bytes = reader.bytes(image);
                String hash = Sha256.of(bytes);
                ImageLook known = store == null ? null : store.recall(i, hash, image.box());
                if (known != null) {
                    result.fingerprints.put(i, new ImageFingerprint(hash, known));
                    continue;
                }
                decoded = new ImageFingerprint(hash, reader.decode(image, bytes, pixels));
            } catch (IOException e) {
                result.problems.put(i, String.valueOf(e.getMessage()));
                continue;
            }
            result.fingerprints.put(i, decoded);
            if (store != null) {
                store.write(i, decoded, image.box(), pixels);
            }
        }
        return result;
    }

    private static <T> T resultOf(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading pictures", e);
        }
    }
}
