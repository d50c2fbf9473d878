package ai.facet.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Pictures that nobody should have. */
final class Pictures {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER = 13;

    private Pictures() {}

    /** A PNG that says it is so large, with one row of pixels. */
    static byte[] pngHeader(int widthPx, int heightPx) throws IOException {
        return png(widthPx, heightPx, 1);
    }

    /** A black PNG. */
    static byte[] png(int widthPx, int heightPx) throws IOException {
        return png(widthPx, heightPx, heightPx);
    }

    private static byte[] png(int widthPx, int heightPx, int rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER);
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(widthPx);
        fields.writeInt(heightPx);
        fields.write(new byte[] {8, 2, 0, 0, 0}); // 8 bits, RGB
        chunk(out, "IHDR", header.toByteArray());
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
            byte[] row = new byte[1 + 3 * widthPx];
            for (int y = 0; y < rows; y++) {
                deflater.write(row);
            }
        }
        chunk(out, "IDAT", pixels.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** A JPEG with an EXIF block of these bytes put before everything else. */
    static byte[] withExif(byte[] jpeg, byte[] tiff) {
        byte[] name = {'E', 'x', 'i', 'f', 0, 0};
        int length = 2 + name.length + tiff.length;
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 2 + length);
        out.put(jpeg, 0, 2); // start of image
        out.put((byte) 0xFF).put((byte) 0xE1).putShort((short) length).put(name).put(tiff);
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }

    /** An EXIF block with an orientation, in the byte order of the TIFF mark. */
    static byte[] exif(ByteOrder order, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
        tiff.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
        tiff.putShort((short) 42).putInt(8).putShort((short) 1); // one entry
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1); // orientation, a short, one of it
        return tiff.putShort((short) orientation).array();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        DataOutputStream fields = new DataOutputStream(out);
        fields.writeInt(data.length);
        fields.write(name);
        fields.write(data);
        fields.writeInt((int) check.getValue());
    }
}
