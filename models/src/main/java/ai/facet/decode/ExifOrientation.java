package ai.facet.decode;

/** Finds the orientation (1 to 8) in an EXIF block, TIFF 6.0 tag 0x0112. Anything malformed counts as upright. */
final class ExifOrientation {
    static final int UPRIGHT = 1;

    private static final int TAG_ORIENTATION = 0x0112;
    private static final int TYPE_SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    private ExifOrientation() {}

    /** @param tiff the block from its byte-order mark on */
    static int of(ByteReader tiff) {
        try {
            boolean bigEndian = tiff.has(0, "MM\0*");
            if (!bigEndian && !tiff.has(0, "II*\0")) {
                return UPRIGHT;
            }
            long directory = bigEndian ? tiff.u32be(4) : tiff.u32le(4);
            int entries = u16(tiff, directory, bigEndian);
            for (int i = 0; i < entries; i++) {
                long entry = directory + 2 + (long) i * ENTRY_BYTES;
                if (u16(tiff, entry, bigEndian) == TAG_ORIENTATION) {
                    int value = u16(tiff, entry + 8, bigEndian);
                    boolean valid = u16(tiff, entry + 2, bigEndian) == TYPE_SHORT && value >= 1 && value <= 8;
                    return valid ? value : UPRIGHT;
                }
            }
            return UPRIGHT;
        } catch (ImageDecodeException e) {
            return UPRIGHT; // Cameras write broken EXIF blocks; the pixels are good all the same.
        }
    }

    private static int u16(ByteReader tiff, long offset, boolean bigEndian) throws ImageDecodeException {
        return bigEndian ? tiff.u16be(offset) : tiff.u16le(offset);
    }
}
