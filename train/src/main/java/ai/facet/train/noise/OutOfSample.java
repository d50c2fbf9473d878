package ai.facet.train.noise;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.train.run.CheckpointEvaluation.Judged;
import java.util.ArrayList;
import java.util.List;

/**
 * What networks say of rows that they were not trained on.
 *
 * @param images the rows
 * @param probabilities by attribute: {@code [rows, classes]}
 */
record OutOfSample(AnnotationTable table, List<AnnotatedImage> images, List<float[]> probabilities) {

    /** All that several networks said, each of its own rows. */
    static OutOfSample join(AnnotationTable table, List<Judged> parts) {
        List<AnnotatedImage> images = new ArrayList<>();
        parts.forEach(part -> images.addAll(part.images()));
        List<float[]> probabilities = new ArrayList<>();
        for (int a = 0; a < table.schema().size(); a++) {
            float[] all =
                    new float[images.size() * table.schema().attributes().get(a).classCount()];
            int done = 0;
            for (Judged part : parts) {
                float[] own = part.probabilities().get(a);
                System.arraycopy(own, 0, all, done, own.length);
                done += own.length;
            }
            probabilities.add(all);
        }
        return new OutOfSample(table, List.copyOf(images), probabilities);
    }
}
