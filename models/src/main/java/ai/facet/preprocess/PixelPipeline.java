package ai.facet.preprocess;

import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decoded picture of any size into the network's input: uint8 {@code [height, width, 3]}, red first. Cuts out
 * the box, resizes (see {@link TriangleWeights}), places and pads (see {@link Placement}).
 *
 * <p>Thread-safe: every call borrows a workspace of buffers, as many as there are concurrent calls. Reads the source's
 * rows once, from the top, down to the last that is needed.
 */
public final class PixelPipeline {
    private static final int CHANNELS = 3;

    private final Preprocessing preprocessing;
    private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

    public PixelPipeline(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
    }

    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /**
     * Writes {@link Preprocessing#imageBytes()} bytes.
     *
     * @param box the part to use, in pixels of the upright picture, clipped to it; null for all of it
     * @param offset index of the first byte written
     * @throws IllegalArgumentException if the box lies outside the picture or the destination is too small
     */
    public void apply(PixelRows source, @Nullable Box box, byte[] destination, int offset) {
        requireRoom(offset, destination.length);
        int rowBytes = rowBytes();
        render(source, box, (y, row) -> System.arraycopy(row, 0, destination, offset + y * rowBytes, rowBytes));
    }

    /**
     * Writes {@link Preprocessing#imageBytes()} bytes; the buffer's position and limit do not matter and stay.
     *
     * @param box the part to use, in pixels of the upright picture, clipped to it; null for all of it
     * @param offset index of the first byte written, counted from the buffer's start
     * @throws IllegalArgumentException if the box lies outside the picture or the destination is too small
     */
    public void apply(PixelRows source, @Nullable Box box, ByteBuffer destination, int offset) {
        requireRoom(offset, destination.capacity());
        int rowBytes = rowBytes();
        ByteBuffer view = destination.duplicate();
        ((Buffer) view).clear().position(offset); // as Buffer's methods: ByteBuffer's own are newer than Android 9
        render(source, box, (y, row) -> view.put(row, 0, rowBytes));
    }

    private void render(PixelRows source, @Nullable Box box, RowResampler.RowSink sink) {
        int width = source.widthPx();
        int height = source.heightPx();
        Box part = box == null ? new Box(0, 0, width, height) : box.clippedTo(width, height);
        Workspace borrowed = idle.poll();
        Workspace workspace = borrowed == null ? new Workspace(preprocessing) : borrowed;
        workspace.render(source, part, Placement.of(part.widthPx(), part.heightPx(), preprocessing), sink);
        idle.add(workspace);
    }

    private int rowBytes() {
        return preprocessing.widthPx() * CHANNELS;
    }

    private void requireRoom(int offset, int capacity) {
        if (offset < 0 || capacity - offset < preprocessing.imageBytes()) {
            throw new IllegalArgumentException("destination of " + capacity + " bytes, offset " + offset
                    + "; expected room for " + preprocessing.imageBytes() + " bytes");
        }
    }

    /** The buffers of one call at a time. */
    private static final class Workspace {
        private final RowResampler resampler = new RowResampler();
        private final int inputHeightPx;
        private final byte[] padding;
        private final byte[] inputRow;

        Workspace(Preprocessing p) {
            inputHeightPx = p.heightPx();
            padding = new byte[p.widthPx() * CHANNELS];
            inputRow = new byte[padding.length];
            for (int i = 0; i < padding.length; i += CHANNELS) {
                padding[i] = (byte) (p.padRgb() >> 16);
                padding[i + 1] = (byte) (p.padRgb() >> 8);
                padding[i + 2] = (byte) p.padRgb();
            }
        }

        void render(PixelRows source, Box part, Placement placement, RowResampler.RowSink sink) {
            for (int y = 0; y < placement.top(); y++) {
                sink.put(y, padding);
            }
            System.arraycopy(padding, 0, inputRow, 0, padding.length);
            resampler.resize(source, part, placement, inputRow, sink);
            for (int y = placement.top() + placement.heightPx(); y < inputHeightPx; y++) {
                sink.put(y, padding);
            }
        }
    }
}
