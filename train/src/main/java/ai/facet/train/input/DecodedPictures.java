package ai.facet.train.input;

import ai.facet.annotations.AnnotatedImage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a data set: pictures come from the store if it has them, otherwise from their files.
 *
 * @param positions of the images in the store
 */
public record DecodedPictures(
        List<AnnotatedImage> images,
        List<Integer> positions,
        PictureReader reader,
        @Nullable PictureStore store) implements Pictures {
    public DecodedPictures {
        images = List.copyOf(images);
        positions = List.copyOf(positions);
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int[] labels(int index) {
        return images.get(index).labels();
    }

    @Override
    public void readPixels(int index, byte[] pixelsHwc) throws IOException {
        if (store == null || !store.read(positions.get(index), pixelsHwc)) {
            reader.read(images.get(index), pixelsHwc);
        }
    }
}
