package ai.facet.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The chunks of a PNG file (PNG specification, third edition), every checksum verified; nothing is decoded. */
final class PngChunks {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private static final int SIGNATURE_BYTES = 8;
    private static final int MAX_PROFILE_BYTES = 4 << 20;

    private final ByteReader bytes;
    private final List<ByteReader> data = new ArrayList<>();
    private int widthPx;
    private int heightPx;
    private int bitDepth;
    private int colourType = -1;
    private boolean interlaced;
    private byte[] palette = {};
    private byte[] transparency = {};
    private int orientation = ExifOrientation.UPRIGHT;
    private byte @Nullable [] profile;
    private boolean declaredSrgb;

    private PngChunks(ByteReader bytes) {
        this.bytes = bytes;
    }

    static PngChunks read(ByteReader bytes, DecodeLimits limits) throws ImageDecodeException {
        PngChunks chunks = new PngChunks(bytes);
        chunks.walk(limits);
        if (chunks.data.isEmpty()) {
            throw ImageDecodeException.damaged(bytes.name(), "it is a PNG without picture data");
        }
        if (chunks.colourType == PALETTE && chunks.palette.length == 0) {
            throw ImageDecodeException.damaged(bytes.name(), "it is a palette PNG without a palette");
        }
        return chunks;
    }

    private void walk(DecodeLimits limits) throws ImageDecodeException {
        long position = SIGNATURE_BYTES;
        while (true) {
            long length = bytes.u32be(position);
            String type = bytes.ascii(position + 4, 4);
            if (colourType < 0 && !type.equals("IHDR")) {
                throw bytes.damaged(position, "its first chunk is not IHDR");
            }
            ByteReader payload = bytes.part(position + 8, length);
            verifyChecksum(position, length, type);
            if (type.equals("IEND")) {
                return;
            }
            readChunk(type, payload, limits);
            position += length + 12;
        }
    }

    private void verifyChecksum(long position, long length, String type) throws ImageDecodeException {
        CRC32 crc = new CRC32();
        bytes.part(position + 4, length + 4).update(crc);
        if (crc.getValue() != bytes.u32be(position + 8 + length)) {
            throw bytes.damaged(position, "the checksum of its chunk " + printable(type) + " is wrong");
        }
    }

    private static String printable(String type) {
        return type.chars().allMatch(c -> c > ' ' && c < 127) ? type : "(no name)";
    }

    private void readChunk(String type, ByteReader payload, DecodeLimits limits) throws ImageDecodeException {
        switch (type) {
            case "IHDR" -> readHeader(payload, limits);
            case "PLTE" -> palette = payload.copy();
            case "tRNS" -> transparency = payload.copy();
            case "IDAT" -> data.add(payload);
            case "eXIf" -> orientation = ExifOrientation.of(payload);
            case "iCCP" -> profile = inflatedProfile(payload);
            case "sRGB" -> declaredSrgb = true;
            default -> {
                if (Character.isUpperCase(type.charAt(0))) {
                    throw ImageDecodeException.unsupported(
                            bytes.name(),
                            "has the PNG chunk " + printable(type) + ", which this version does not know");
                }
            }
        }
    }

    private void readHeader(ByteReader payload, DecodeLimits limits) throws ImageDecodeException {
        if (colourType >= 0) {
            throw ImageDecodeException.damaged(bytes.name(), "it has two IHDR chunks");
        }
        long width = payload.u32be(0);
        long height = payload.u32be(4);
        limits.checkSize(width, height, bytes.name());
        widthPx = (int) width;
        heightPx = (int) height;
        bitDepth = payload.u8(8);
        colourType = payload.u8(9);
        boolean valid = switch (colourType) {
            case GREY -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
            case PALETTE -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
            case RGB, GREY_ALPHA, RGB_ALPHA -> bitDepth == 8 || bitDepth == 16;
            default -> false;
        };
        if (!valid || payload.u8(10) != 0 || payload.u8(11) != 0 || payload.u8(12) > 1) {
            throw ImageDecodeException.damaged(
                    bytes.name(),
                    "its header says colour type " + colourType + ", " + bitDepth + " bits; no PNG has that");
        }
        interlaced = payload.u8(12) == 1;
    }

    /** The profile behind its name; null if it cannot be inflated, as then the picture counts as sRGB. */
    private static byte @Nullable [] inflatedProfile(ByteReader payload) throws ImageDecodeException {
        int nameEnd = 0;
        while (payload.u8(nameEnd) != 0) {
            nameEnd++;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(
                    payload.part(nameEnd + 2L, payload.length() - nameEnd - 2L).copy());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = inflater.inflate(buffer); n > 0 && out.size() < MAX_PROFILE_BYTES; ) {
                out.write(buffer, 0, n);
                n = inflater.inflate(buffer);
            }
            return inflater.finished() ? out.toByteArray() : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    String name() {
        return bytes.name();
    }

    int widthPx() {
        return widthPx;
    }

    int heightPx() {
        return heightPx;
    }

    int bitDepth() {
        return bitDepth;
    }

    int colourType() {
        return colourType;
    }

    boolean interlaced() {
        return interlaced;
    }

    /** Red, green, blue of each entry; empty if there is none. */
    byte[] palette() {
        return palette;
    }

    /** The payload of {@code tRNS}: alpha of palette entries, or one 16-bit sample for each channel. */
    byte[] transparency() {
        return transparency;
    }

    int orientation() {
        return orientation;
    }

    /** The embedded ICC profile; null if there is none or the file declares itself sRGB. */
    byte @Nullable [] profile() {
        return declaredSrgb ? null : profile;
    }

    List<ByteReader> data() {
        return data;
    }
}
