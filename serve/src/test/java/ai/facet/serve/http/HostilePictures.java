package ai.facet.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures that are made to hurt, with right checksums. */
final class HostilePictures {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BLOCK_BYTES = 1 << 16;

    private HostilePictures() {}

    /** A PNG of one bit a pixel, with vertical stripes: some kilobytes for millions of pixels. */
    static byte[] stripedPng(int widthPx, int heightPx) {
        long rowBytes = 1 + (widthPx + 7L) / 8;
        return png(header(widthPx, heightPx), new byte[0], rowBytes * heightPx);
    }

    /** A PNG of 16 x 16 pixels, whose data goes on after them for this many bytes. */
    static byte[] pngWithSurplus(long bytes) {
        return png(header(16, 16), new byte[0], bytes);
    }

    /** A PNG of 16 x 16 pixels with a colour profile that unpacks to this many bytes. */
    static byte[] pngWithProfile(long bytes) {
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        profile.writeBytes("bomb\0\0".getBytes(ISO_8859_1));
        profile.writeBytes(deflated(bytes));
        return png(header(16, 16), chunk("iCCP", profile.toByteArray()), 16 * 3);
    }

    /** A JPEG whose frame header claims this size. */
    static byte[] jpegClaiming(byte[] jpeg, int widthPx, int heightPx) {
        byte[] claiming = jpeg.clone();
        for (int i = 0; i < claiming.length - 9; i++) {
            if (claiming[i] == (byte) 0xFF && (claiming[i + 1] == (byte) 0xC0 || claiming[i + 1] == (byte) 0xC2)) {
                ByteBuffer.wrap(claiming).putShort(i + 5, (short) heightPx).putShort(i + 7, (short) widthPx);
                return claiming;
            }
        }
        throw new IllegalArgumentException("no frame header in " + jpeg.length + " bytes");
    }

    private static byte[] header(int widthPx, int heightPx) {
        return ByteBuffer.allocate(13)
                .putInt(widthPx)
                .putInt(heightPx)
                .put(new byte[] {1, 0, 0, 0, 0}) // one bit of grey, not interlaced
                .array();
    }

    private static byte[] png(byte[] header, byte[] further, long dataBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG);
        out.writeBytes(chunk("IHDR", header));
        out.writeBytes(further);
        out.writeBytes(chunk("IDAT", deflated(dataBytes)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(ISO_8859_1))
                .put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, data.length + 4);
        return chunk.putInt((int) crc.getValue()).array();
    }

    /** Packed bytes that are all 1: of each row the first says "add the byte to the left", so rows are not alike. */
    private static byte[] deflated(long bytes) {
        byte[] block = new byte[BLOCK_BYTES];
        Arrays.fill(block, (byte) 1);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] packed = new byte[BLOCK_BYTES];
        for (long left = bytes; left > 0; left -= BLOCK_BYTES) {
            deflater.setInput(block, 0, (int) Math.min(left, BLOCK_BYTES));
            while (!deflater.needsInput()) {
                out.write(packed, 0, deflater.deflate(packed));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(packed, 0, deflater.deflate(packed));
        }
        deflater.end();
        return out.toByteArray();
    }
}
