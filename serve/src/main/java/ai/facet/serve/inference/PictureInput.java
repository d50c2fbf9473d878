package ai.facet.serve.inference;

import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecodeException;
import ai.facet.decode.ImageDecoder;
import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import ai.facet.preprocess.FrameScale;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Makes encoded pictures the network's input, in buffers that are used again. Safe from many threads at once. */
final class PictureInput {
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);
    private final PixelPipeline pipeline;
    private final Queue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();

    PictureInput(Preprocessing preprocessing) {
        this.pipeline = new PixelPipeline(preprocessing);
    }

    /** Runs on a picture's pixels; the buffer is direct and only lent. */
    @FunctionalInterface
    interface Use<T> {
        T run(ByteBuffer pixels, FrameScale scale);
    }

    byte[] read(Path file) throws IOException {
        return decoder.read(file);
    }

    /**
     * Decodes a picture and uses its pixels.
     *
     * @param name what it is called in error messages
     * @param box the part to look at, in pixels of the upright picture; null for all of it
     */
    <T> T with(byte[] encoded, String name, @Nullable Box box, Use<T> use) throws ImageDecodeException {
        PixelRows picture = decoder.decode(encoded, name);
        ByteBuffer idle = idleBuffers.poll();
        ByteBuffer buffer = idle == null
                ? ByteBuffer.allocateDirect(pipeline.preprocessing().imageBytes())
                : idle;
        try {
            pipeline.apply(picture, box, buffer, 0);
            return use.run(buffer, FrameScale.of(box, picture.widthPx(), picture.heightPx(), pipeline.preprocessing()));
        } finally {
            idleBuffers.add(buffer);
        }
    }
}
