package ai.facet.decode;

/** Expands BMP's run lengths of 8-bit pixels into rows padded to four bytes; skipped pixels have colour 0. */
final class BmpRunLengths {
    private BmpRunLengths() {}

    static ByteReader expand(ByteReader data, int width, int height) throws ImageDecodeException {
        int rowBytes = (width + 3) / 4 * 4;
        byte[] out = new byte[Math.multiplyExact(rowBytes, height)];
        int x = 0;
        int y = 0;
        int i = 0;
        while (true) {
            int count = data.u8(i);
            int value = data.u8(i + 1L);
            i += 2;
            if (count > 0) {
                for (int k = 0; k < count; k++) {
                    put(out, rowBytes, width, x++, y, value, data);
                }
            } else if (value == 0) {
                x = 0;
                y++;
            } else if (value == 1) {
                return new ByteReader(out, data.name());
            } else if (value == 2) {
                x += data.u8(i);
                y += data.u8(i + 1L);
                i += 2;
                requireInside(x <= width && y <= height, data); // or they overflow, a step at a time
            } else {
                for (int k = 0; k < value; k++) {
                    put(out, rowBytes, width, x++, y, data.u8(i + (long) k), data);
                }
                i += (value + 1) / 2 * 2;
            }
        }
    }

    private static void put(byte[] out, int rowBytes, int width, int x, int y, int value, ByteReader data)
            throws ImageDecodeException {
        requireInside(x < width && y < out.length / rowBytes, data);
        out[y * rowBytes + x] = (byte) value;
    }

    private static void requireInside(boolean inside, ByteReader data) throws ImageDecodeException {
        if (!inside) {
            throw ImageDecodeException.damaged(data.name(), "its run lengths leave the picture");
        }
    }
}
