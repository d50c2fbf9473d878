package ai.facet.train.explain;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.preprocess.Preprocessing;
import ai.facet.train.input.BatchFeeder;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.BatchPlan;
import ai.facet.train.input.DecodedPictures;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.PictureReader;
import ai.facet.train.input.PixelBuffers;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** Sends pictures through an {@link Explainer}, batch by batch, so that memory does not grow with their number. */
final class ExplainRun {
    private static final int BATCH = 16;

    private final Explainer explainer;
    private final Preprocessing input;
    private final Executor readers;

    ExplainRun(Explainer explainer, Preprocessing input, Executor readers) {
        this.explainer = explainer;
        this.input = input;
        this.readers = readers;
    }

    /**
     * Explains all pictures in their order.
     *
     * @param attributes positions in the schema
     * @param progress is told how many are done
     */
    void run(List<AnnotatedImage> images, int[] attributes, List<ExplanationSink> sinks, IntConsumer progress)
            throws IOException {
        Frame frame = new Frame(input.widthPx(), input.heightPx());
        DecodedPictures pictures =
                new DecodedPictures(images, Collections.nCopies(images.size(), 0), new PictureReader(input), null);
        PixelBuffers buffers = new PixelBuffers(frame.bytes() * BATCH);
        BatchPlan plan = BatchPlan.evaluation(images.size(), BATCH);
        int done = 0;
        try (BatchFeeder feeder = new BatchFeeder(pictures, plan, frame, buffers, readers)) {
            for (HostBatch batch = feeder.next(); batch != null; batch = feeder.next()) {
                List<List<AttributeHeat>> heats = explainer.explain(batch, attributes);
                for (int i = 0; i < heats.size(); i++) {
                    byte[] pixels = new byte[frame.bytes()];
                    batch.pixelsNhwc().get(i * pixels.length, pixels);
                    Explanation explanation = new Explanation(done + i, images.get(done + i), pixels, heats.get(i));
                    for (ExplanationSink sink : sinks) {
                        sink.accept(explanation);
                    }
                }
                done += batch.size();
                feeder.giveBack(batch);
                progress.accept(done);
            }
        }
    }
}
