package ai.facet.decode;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An ImageIO stream over a byte array: no cache, no copy, no temporary file. Where asked to, it throws at its end
 * something that is not an {@link java.io.EOFException}, for readers that catch those and go on with made-up data.
 */
final class ArrayImageInputStream extends ImageInputStreamImpl {
    private final byte[] bytes;

    private final boolean endIsError;

    ArrayImageInputStream(byte[] bytes, boolean endIsError) {
        this.bytes = bytes;
        this.endIsError = endIsError;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : end();
    }

    @Override
    public int read(byte[] destination, int offset, int length) throws IOException {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            return length == 0 ? 0 : end();
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, destination, offset, count);
        streamPos += count;
        return count;
    }

    private int end() throws IOException {
        if (endIsError) {
            throw new IOException("it ends too early");
        }
        return -1;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
