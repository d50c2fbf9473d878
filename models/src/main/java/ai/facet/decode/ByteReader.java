package ai.facet.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/** Looks into a part of a byte array; reading past its end is an error that names the file and the offset. */
final class ByteReader {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final String name;

    ByteReader(byte[] bytes, String name) {
        this(bytes, 0, bytes.length, name);
    }

    private ByteReader(byte[] bytes, int start, int end, String name) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.name = name;
    }

    /** A view of {@code length} bytes from {@code offset}, with offsets of its own. */
    ByteReader part(long offset, long length) throws ImageDecodeException {
        require(offset, length);
        return new ByteReader(bytes, start + (int) offset, start + (int) (offset + length), name);
    }

    int length() {
        return end - start;
    }

    String name() {
        return name;
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    void writeTo(ByteArrayOutputStream out) {
        out.write(bytes, start, end - start);
    }

    void update(CRC32 crc) {
        crc.update(bytes, start, end - start);
    }

    void feed(Inflater inflater) {
        inflater.setInput(bytes, start, end - start);
    }

    int u8(long offset) throws ImageDecodeException {
        require(offset, 1);
        return bytes[start + (int) offset] & 0xFF;
    }

    int u16be(long offset) throws ImageDecodeException {
        return u8(offset) << 8 | u8(offset + 1);
    }

    int u16le(long offset) throws ImageDecodeException {
        return u8(offset + 1) << 8 | u8(offset);
    }

    long u32be(long offset) throws ImageDecodeException {
        return (long) u16be(offset) << 16 | u16be(offset + 2);
    }

    long u32le(long offset) throws ImageDecodeException {
        return (long) u16le(offset + 2) << 16 | u16le(offset);
    }

    String ascii(long offset, int length) throws ImageDecodeException {
        require(offset, length);
        return new String(bytes, start + (int) offset, length, StandardCharsets.ISO_8859_1);
    }

    /** Whether the text stands at an offset; false past the end. */
    boolean has(long offset, String text) {
        if (offset < 0 || offset + text.length() > length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes[start + (int) offset + i] & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    ImageDecodeException damaged(long offset, String what) {
        return ImageDecodeException.damaged(name, what + " at byte " + (start + offset));
    }

    private void require(long offset, long count) throws ImageDecodeException {
        if (offset < 0 || count < 0 || offset + count > length()) {
            throw ImageDecodeException.damaged(
                    name, "it ends at byte " + end + "; expected " + count + " more from byte " + (start + offset));
        }
    }
}
