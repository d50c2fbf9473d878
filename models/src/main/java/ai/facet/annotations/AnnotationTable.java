package ai.facet.annotations;

import ai.facet.files.Sha256;
import ai.facet.schema.AttributeSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one or several CSV files under one schema.
 *
 * @param images in the order of the files
 * @param hash SHA-256 over the schema and every used cell as written (paths, labels, boxes, groups, sides) in row order.
 *     Quoting, line ends and unused columns do not change it; neither does the folder in which the data lies
 * @param fileHashes what the hash of each file would be, read on its own without groups and sides
 * @param notes what people should know of how the files were read, one text each; no part of the hash
 */
public record AnnotationTable(
        AttributeSchema schema, List<AnnotatedImage> images, String hash, List<String> fileHashes, List<String> notes) {
    public AnnotationTable {
        images = List.copyOf(images);
        fileHashes = List.copyOf(fileHashes);
        notes = List.copyOf(notes);
    }

    /** The same table with only these images. */
    public AnnotationTable withImages(List<AnnotatedImage> some) {
        return new AnnotationTable(schema, some, hash, fileHashes, notes);
    }

    public int size() {
        return images.size();
    }

    /** The images at some indices, in that order; the hash tells such a choice from the whole. */
    public AnnotationTable select(int[] indices) {
        String chosen = hash + " " + Arrays.toString(indices);
        return new AnnotationTable(
                schema,
                Arrays.stream(indices).mapToObj(images::get).toList(),
                Sha256.of(chosen.getBytes(StandardCharsets.UTF_8)),
                fileHashes,
                notes);
    }

    /** How many images have each class of an attribute. */
    public int[] classCounts(int attribute) {
        int[] counts = new int[schema.attributes().get(attribute).classCount()];
        for (AnnotatedImage image : images) {
            int label = image.labels()[attribute];
            if (label != AnnotatedImage.MISSING) {
                counts[label]++;
            }
        }
        return counts;
    }
}
