package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Decodes the first picture of a GIF (GIF89a) in plain Java. The result has the size of the logical screen, or more
 * where the picture sticks out; what the picture does not cover, or leaves transparent, is white.
 */
final class GifDecoder {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int HAS_TABLE = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int CHANNELS = RgbImage.CHANNELS;
    /** First row and row step of the four interlaced passes. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final ByteReader bytes;
    private ByteReader colours;
    private int position;
    private int transparentIndex = -1;

    private GifDecoder(ByteReader bytes) throws ImageDecodeException {
        this.bytes = bytes;
        this.colours = bytes.part(0, 0);
    }

    static RgbImage decode(ByteReader bytes, DecodeLimits limits) throws ImageDecodeException {
        limits.checkSize(bytes.u16le(6), bytes.u16le(8), bytes.name());
        return new GifDecoder(bytes).decode(limits);
    }

    private RgbImage decode(DecodeLimits limits) throws ImageDecodeException {
        position = 13;
        readColours(bytes.u8(10));
        while (bytes.u8(position) == EXTENSION) {
            readExtension();
        }
        if (bytes.u8(position) != IMAGE) {
            throw bytes.damaged(position, "it has no picture; found block " + bytes.u8(position));
        }
        ByteReader frame = bytes.part(position + 1L, 9);
        position += 10;
        int left = frame.u16le(0);
        int top = frame.u16le(2);
        int frameWidth = frame.u16le(4);
        int frameHeight = frame.u16le(6);
        limits.checkSize(frameWidth, frameHeight, bytes.name());
        int width = Math.max(bytes.u16le(6), left + frameWidth);
        int height = Math.max(bytes.u16le(8), top + frameHeight);
        limits.checkSize(width, height, bytes.name());
        readColours(frame.u8(8));
        byte[] indices = readIndices(frameWidth * frameHeight);
        byte[] pixels = new byte[width * height * CHANNELS];
        Arrays.fill(pixels, (byte) 0xFF);
        for (int row = 0; row < frameHeight; row++) {
            int y = top + ((frame.u8(8) & INTERLACED) == 0 ? row : interlacedRow(row, frameHeight));
            paint(indices, row * frameWidth, frameWidth, pixels, (y * width + left) * CHANNELS);
        }
        return new RgbImage(width, height, pixels);
    }

    private void readColours(int flags) throws ImageDecodeException {
        if ((flags & HAS_TABLE) != 0) {
            int length = CHANNELS << ((flags & 7) + 1);
            colours = bytes.part(position, length);
            position += length;
        }
    }

    private void readExtension() throws ImageDecodeException {
        if (bytes.u8(position + 1L) == GRAPHIC_CONTROL && bytes.u8(position + 2L) == 4) {
            transparentIndex = (bytes.u8(position + 3L) & 1) == 0 ? -1 : bytes.u8(position + 6L);
        }
        position += 2;
        readBlocks();
    }

    /** The content of a chain of blocks, up to and past its end mark. */
    private byte[] readBlocks() throws ImageDecodeException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int length = bytes.u8(position); length != 0; length = bytes.u8(position)) {
            bytes.part(position + 1L, length).writeTo(content);
            position += 1 + length;
        }
        position++;
        return content.toByteArray();
    }

    private byte[] readIndices(int count) throws ImageDecodeException {
        int codeBits = bytes.u8(position);
        if (codeBits < 1 || codeBits > 8) {
            throw bytes.damaged(position, "its pixels have " + codeBits + " bits; expected 1 to 8");
        }
        position++;
        byte[] indices = new GifLzw(readBlocks(), codeBits).decode(count);
        if (indices.length < count) {
            throw ImageDecodeException.damaged(
                    bytes.name(), "it has " + indices.length + " of " + count + " pixels (cut short?)");
        }
        return indices;
    }

    private void paint(byte[] indices, int from, int count, byte[] pixels, int offset) throws ImageDecodeException {
        for (int i = 0; i < count; i++) {
            int index = indices[from + i] & 0xFF;
            if (index == transparentIndex) {
                continue;
            }
            if (index * CHANNELS >= colours.length()) {
                throw ImageDecodeException.damaged(
                        bytes.name(), "a pixel has colour " + index + " of " + colours.length() / CHANNELS);
            }
            for (int c = 0; c < CHANNELS; c++) {
                pixels[offset + i * CHANNELS + c] = (byte) colours.u8(index * 3L + c);
            }
        }
    }

    private static int interlacedRow(int row, int height) {
        int left = row;
        for (int[] pass : PASSES) {
            int rows = (height - pass[0] + pass[1] - 1) / pass[1];
            if (left < rows) {
                return pass[0] + left * pass[1];
            }
            left -= rows;
        }
        throw new IllegalArgumentException("row " + row + " of " + height);
    }
}
