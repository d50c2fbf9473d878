package ai.facet.train.input;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Direct buffers that are used again and again. Engine thread only. */
public final class PixelBuffers {
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private final int capacityBytes;

    public PixelBuffers(int capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(capacityBytes) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.push(buffer);
    }
}
