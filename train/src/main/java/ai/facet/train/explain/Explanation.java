package ai.facet.train.explain;

import ai.facet.annotations.AnnotatedImage;
import java.util.List;

/**
 * All about one picture.
 *
 * @param index its position in the data, from 0
 * @param pixelsHwc as the network sees it, {@code [height, width, 3]}; not copied
 * @param attributes in the order in which they are shown
 */
record Explanation(int index, AnnotatedImage image, byte[] pixelsHwc, List<AttributeHeat> attributes) {
    Explanation {
        attributes = List.copyOf(attributes);
    }

    String name() {
        return String.valueOf(image.path().getFileName());
    }
}
