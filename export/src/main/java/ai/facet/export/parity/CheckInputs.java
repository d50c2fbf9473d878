package ai.facet.export.parity;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a check sends through each road: noise, then real images, at batch 1, 2 and 7.
 *
 * @param noiseImages how many of the images are noise; they come first
 */
public record CheckInputs(List<ImageBatch> batches, int noiseImages) {
    /** The exported graph was traced with 3 and 5. */
    public static final List<Integer> SIZES = List.of(1, 2, 7);

    public CheckInputs {
        batches = List.copyOf(batches);
    }

    /**
     * Makes the batches; the same arguments give the same.
     *
     * @param seed of the noise
     * @param imageShape height, width, 3
     * @param realImages pixels of real images in that shape; may be empty
     */
    public static CheckInputs of(long seed, List<Long> imageShape, List<byte[]> realImages) {
        Random random = new Random(seed);
        List<ImageBatch> batches = new ArrayList<>();
        int noise = 0;
        for (int size : SIZES) {
            batches.add(ImageBatch.random(random, DataType.UINT8, size, imageShape));
            noise += size;
        }
        addReal(realImages, imageShape, batches);
        return new CheckInputs(batches, noise);
    }

    /** Every image at least once: one alone, two together, then sevens, of which the last is filled up from the start. */
    private static void addReal(List<byte[]> images, List<Long> imageShape, List<ImageBatch> batches) {
        int done = 0;
        for (int i = 0; !images.isEmpty() && (i < SIZES.size() || done < images.size()); i++) {
            int size = SIZES.get(Math.min(i, SIZES.size() - 1));
            batches.add(ImageBatch.of(images, done, size, imageShape));
            done += size;
        }
    }
}
