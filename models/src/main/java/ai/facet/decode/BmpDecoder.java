package ai.facet.decode;

import ai.facet.image.RgbImage;

/**
 * Decodes BMP in plain Java: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits with or without masks, run lengths of 8
 * bits. Transparency, where a mask declares it, is laid over white.
 */
final class BmpDecoder {
    private static final int FILE_HEADER_BYTES = 14;
    private static final int CORE_HEADER_BYTES = 12;
    private static final int INFO_HEADER_BYTES = 40;
    private static final int RLE8 = 1;
    private static final int BITFIELDS = 3;
    private static final int CHANNELS = RgbImage.CHANNELS;

    private final ByteReader bytes;
    private int width;
    private int height;
    private boolean topDown;
    private int bits;
    private int compression;
    private int paletteStart;
    private int paletteEntryBytes = 4;
    private int paletteEntries;
    private long dataStart;
    private long[] masks = {};

    private BmpDecoder(ByteReader bytes) {
        this.bytes = bytes;
    }

    static RgbImage decode(ByteReader bytes, DecodeLimits limits) throws ImageDecodeException {
        BmpDecoder decoder = new BmpDecoder(bytes);
        decoder.readHeader(limits);
        return new RgbImage(decoder.width, decoder.height, decoder.readPixels());
    }

    private void readHeader(DecodeLimits limits) throws ImageDecodeException {
        dataStart = bytes.u32le(10);
        long headerBytes = bytes.u32le(FILE_HEADER_BYTES);
        paletteStart = (int) Math.min(FILE_HEADER_BYTES + headerBytes, bytes.length());
        boolean core = headerBytes == CORE_HEADER_BYTES;
        if (!core && headerBytes < INFO_HEADER_BYTES) {
            throw bytes.damaged(FILE_HEADER_BYTES, "its header says it has " + headerBytes + " bytes");
        }
        long signedHeight = core ? bytes.u16le(20) : (int) bytes.u32le(22);
        long signedWidth = core ? bytes.u16le(18) : (int) bytes.u32le(18);
        topDown = signedHeight < 0;
        limits.checkSize(signedWidth, Math.abs(signedHeight), bytes.name());
        width = (int) signedWidth;
        height = (int) Math.abs(signedHeight);
        bits = bytes.u16le(core ? 24 : 28);
        compression = core ? 0 : (int) bytes.u32le(30);
        paletteEntryBytes = core ? 3 : 4;
        long entries = core ? 0 : bytes.u32le(46);
        paletteEntries = bits > 8 ? 0 : (int) (entries == 0 || entries > 1L << bits ? 1L << bits : entries);
        masks = masks(headerBytes);
        requireKnownKind();
    }

    private void requireKnownKind() throws ImageDecodeException {
        boolean palette = bits == 1 || bits == 4 || bits == 8;
        boolean direct = bits == 16 || bits == 24 || bits == 32;
        boolean known = switch (compression) {
            case 0 -> palette || direct;
            case RLE8 -> bits == 8 && !topDown;
            case BITFIELDS -> bits == 16 || bits == 32;
            default -> false;
        };
        if (!known) {
            throw ImageDecodeException.unsupported(
                    bytes.name(), "is a BMP of " + bits + " bits, compression " + compression + "; save it as PNG");
        }
    }

    /** Red, green, blue, alpha. */
    private long[] masks(long headerBytes) throws ImageDecodeException {
        if (compression == BITFIELDS) {
            boolean alpha = headerBytes >= 56;
            return new long[] {bytes.u32le(54), bytes.u32le(58), bytes.u32le(62), alpha ? bytes.u32le(66) : 0};
        }
        return bits == 16 ? new long[] {0x7C00, 0x3E0, 0x1F, 0} : new long[] {0xFF0000, 0xFF00, 0xFF, 0};
    }

    private byte[] readPixels() throws ImageDecodeException {
        long rowBytes = ((long) width * bits + 31) / 32 * 4;
        ByteReader data = compression == RLE8
                ? BmpRunLengths.expand(bytes.part(dataStart, bytes.length() - dataStart), width, height)
                : bytes.part(dataStart, rowBytes * height);
        byte[] pixels = new byte[width * height * CHANNELS];
        for (int y = 0; y < height; y++) {
            ByteReader row = data.part(y * rowBytes, rowBytes);
            int offset = (topDown ? y : height - 1 - y) * width * CHANNELS;
            for (int x = 0; x < width; x++, offset += CHANNELS) {
                if (bits <= 8) {
                    paletteColour(row, x, pixels, offset);
                } else {
                    directColour(row, x, pixels, offset);
                }
            }
        }
        return pixels;
    }

    private void paletteColour(ByteReader row, int x, byte[] pixels, int offset) throws ImageDecodeException {
        int perByte = 8 / bits;
        int index = row.u8(x / perByte) >> (8 - bits - x % perByte * bits) & ((1 << bits) - 1);
        if (index >= paletteEntries) {
            throw ImageDecodeException.damaged(
                    bytes.name(), "a pixel has colour " + index + " of a palette of " + paletteEntries);
        }
        long entry = paletteStart + (long) index * paletteEntryBytes;
        for (int c = 0; c < CHANNELS; c++) {
            pixels[offset + c] = (byte) bytes.u8(entry + 2 - c);
        }
    }

    private void directColour(ByteReader row, int x, byte[] pixels, int offset) throws ImageDecodeException {
        long at = (long) x * bits / 8;
        long value = switch (bits) {
            case 16 -> row.u16le(at);
            case 24 -> row.u16le(at) | row.u8(at + 2) << 16;
            default -> row.u32le(at);
        };
        int alpha = masks[3] == 0 ? 0xFF : masked(value, masks[3]);
        for (int c = 0; c < CHANNELS; c++) {
            pixels[offset + c] = PngRow.overWhite(masked(value, masks[c]), alpha);
        }
    }

    /** A channel stretched to 0..255, fractions dropped as Pillow drops them. */
    private static int masked(long value, long mask) {
        if (mask == 0) {
            return 0;
        }
        int shift = Long.numberOfTrailingZeros(mask);
        return (int) (((value & mask) >>> shift) * 0xFF / (mask >>> shift));
    }
}
