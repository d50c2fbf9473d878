package ai.facet.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The chunks of a WebP file (WebP container specification), walked without decoding. */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int ALPHA_FLAG = 0x10;
    private static final int ANIMATION_FLAG = 0x02;
    private static final int READ_AHEAD_BYTES = 16; // both of the reader's bit readers look at most 9 bytes ahead
    private static final int LOSSLESS_SIGNATURE = 0x2F;

    private final ByteReader bytes;
    private int widthPx;
    private int heightPx;
    private String pictureType = "";
    private @Nullable ByteReader picture;
    private @Nullable ByteReader alpha;
    private @Nullable ByteReader profile;
    private int orientation = ExifOrientation.UPRIGHT;

    private WebpHeader(ByteReader bytes) {
        this.bytes = bytes;
    }

    static WebpHeader read(ByteReader file, DecodeLimits limits) throws ImageDecodeException {
        ByteReader riff = file.part(0, file.u32le(4) + 8);
        WebpHeader header = new WebpHeader(riff);
        for (long position = FIRST_CHUNK; position + 8 <= riff.length(); ) {
            long length = riff.u32le(position + 4);
            header.readChunk(riff.ascii(position, 4), riff.part(position + 8, length), limits);
            position += 8 + length + (length & 1);
        }
        if (header.picture == null) {
            throw ImageDecodeException.damaged(file.name(), "it is a WebP without picture data");
        }
        return header;
    }

    private void readChunk(String type, ByteReader payload, DecodeLimits limits) throws ImageDecodeException {
        switch (type) {
            case "VP8X" -> {
                if ((payload.u8(0) & ANIMATION_FLAG) != 0) {
                    throw ImageDecodeException.unsupported(
                            bytes.name(), "is an animated WebP; expected a single picture");
                }
                setSize(1 + u24(payload, 4), 1 + u24(payload, 7), limits);
            }
            case "VP8 " -> {
                if (payload.u8(3) != 0x9D || payload.u8(4) != 0x01 || payload.u8(5) != 0x2A) {
                    throw ImageDecodeException.damaged(bytes.name(), "its VP8 data has no start code");
                }
                setPicture(type, payload);
                setSize(payload.u16le(6) & 0x3FFF, payload.u16le(8) & 0x3FFF, limits);
            }
            case "VP8L" -> {
                if (payload.u8(0) != LOSSLESS_SIGNATURE) {
                    throw ImageDecodeException.damaged(bytes.name(), "its VP8L data has no signature");
                }
                long fields = payload.u32le(1);
                setPicture(type, payload);
                setSize((int) (fields & 0x3FFF) + 1, (int) (fields >> 14 & 0x3FFF) + 1, limits);
            }
            case "ALPH" -> alpha = payload;
            case "ICCP" -> profile = payload;
            case "EXIF" -> {
                int skip = payload.has(0, "Exif\0\0") ? 6 : 0;
                orientation = ExifOrientation.of(payload.part(skip, payload.length() - (long) skip));
            }
            default -> {} // the container allows unknown chunks
        }
    }

    private void setPicture(String type, ByteReader payload) throws ImageDecodeException {
        if (picture != null) {
            throw ImageDecodeException.damaged(bytes.name(), "it has two pictures");
        }
        pictureType = type;
        picture = payload;
    }

    private void setSize(int width, int height, DecodeLimits limits) throws ImageDecodeException {
        limits.checkSize(width, height, bytes.name());
        if (widthPx != 0 && (width != widthPx || height != heightPx)) {
            throw ImageDecodeException.damaged(
                    bytes.name(),
                    "its canvas is " + widthPx + "x" + heightPx + " px, its picture " + width + "x" + height);
        }
        widthPx = width;
        heightPx = height;
    }

    private static int u24(ByteReader payload, int offset) throws ImageDecodeException {
        return payload.u16le(offset) | payload.u8(offset + 2L) << 16;
    }

    /**
     * The same picture without profile and metadata, which the reader might interpret in its own way, and with room to
     * read ahead, so that a reader that comes to the end has lost its way.
     */
    byte[] normalised() {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(bytes.length());
        if (alpha != null) {
            writeText(chunks, "VP8X");
            writeLe(chunks, 10, 4);
            writeLe(chunks, ALPHA_FLAG, 4);
            writeLe(chunks, widthPx - 1, 3);
            writeLe(chunks, heightPx - 1, 3);
            writeChunk(chunks, "ALPH", alpha, 0);
        }
        if (picture != null) {
            writeChunk(chunks, pictureType, picture, READ_AHEAD_BYTES);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream(chunks.size() + FIRST_CHUNK);
        writeText(file, "RIFF");
        writeLe(file, chunks.size() + 4, 4);
        writeText(file, "WEBP");
        file.writeBytes(chunks.toByteArray());
        return file.toByteArray();
    }

    private static void writeChunk(ByteArrayOutputStream out, String type, ByteReader payload, int zeros) {
        writeText(out, type);
        writeLe(out, payload.length() + zeros, 4);
        payload.writeTo(out);
        out.writeBytes(new byte[zeros]);
        if ((payload.length() & 1) != 0) {
            out.write(0);
        }
    }

    private static void writeText(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void writeLe(ByteArrayOutputStream out, int value, int count) {
        for (int i = 0; i < count; i++) {
            out.write(value >> (8 * i));
        }
    }

    int widthPx() {
        return widthPx;
    }

    int heightPx() {
        return heightPx;
    }

    int orientation() {
        return orientation;
    }

    byte @Nullable [] profile() {
        return profile == null ? null : profile.copy();
    }
}
