package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes PNG in plain Java, so that a wrong checksum, a short stream or an unknown filter is an error and 16-bit and
 * grey samples stay what they are.
 */
final class PngDecoder {
    /** First column, first row, column step, row step of Adam7's passes. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};
    private static final int CHANNELS = RgbImage.CHANNELS;

    private final PngChunks png;
    private final PngRow row;
    private final Inflater inflater = new Inflater();
    private final Iterator<ByteReader> data;

    private PngDecoder(PngChunks png) {
        this.png = png;
        this.row = new PngRow(png);
        this.data = png.data().iterator();
    }

    static RgbImage decode(ByteReader bytes, DecodeLimits limits, ColourProfiles profiles) throws ImageDecodeException {
        PngChunks png = PngChunks.read(bytes, limits);
        PngDecoder decoder = new PngDecoder(png);
        try {
            RgbImage image = new RgbImage(png.widthPx(), png.heightPx(), decoder.pixels());
            boolean grey = png.colourType() == PngChunks.GREY || png.colourType() == PngChunks.GREY_ALPHA;
            profiles.toSrgb(image, png.profile(), grey, png.name());
            return Orientation.apply(image, png.orientation());
        } catch (DataFormatException e) {
            throw ImageDecodeException.damaged(png.name(), "its compressed data is wrong (" + e.getMessage() + ")");
        } finally {
            decoder.inflater.end();
        }
    }

    private byte[] pixels() throws ImageDecodeException, DataFormatException {
        byte[] pixels = new byte[png.widthPx() * png.heightPx() * CHANNELS];
        for (int[] pass : png.interlaced() ? ADAM7 : ONE_PASS) {
            int width = (png.widthPx() - pass[0] + pass[2] - 1) / pass[2];
            int height = (png.heightPx() - pass[1] + pass[3] - 1) / pass[3];
            if (width > 0 && height > 0) {
                readPass(pass, width, height, pixels);
            }
        }
        return pixels;
    }

    private void readPass(int[] pass, int width, int height, byte[] pixels)
            throws ImageDecodeException, DataFormatException {
        byte[] filter = new byte[1];
        byte[] current = new byte[row.bytes(width)];
        byte[] above = new byte[current.length];
        for (int y = 0; y < height; y++) {
            inflate(filter);
            inflate(current);
            unfilter(filter[0], current, above);
            int pixel = (pass[1] + y * pass[3]) * png.widthPx() + pass[0];
            row.expand(current, width, pixels, pixel * CHANNELS, pass[2] * CHANNELS);
            byte[] done = current;
            current = above;
            above = done;
        }
    }

    private void inflate(byte[] into) throws ImageDecodeException, DataFormatException {
        int filled = 0;
        while (filled < into.length) {
            int n = inflater.inflate(into, filled, into.length - filled);
            filled += n;
            if (n == 0) {
                if (inflater.finished() || inflater.needsDictionary() || !data.hasNext()) {
                    throw ImageDecodeException.damaged(
                            png.name(), "its compressed data ends before the picture does (cut short?)");
                }
                data.next().feed(inflater);
            }
        }
    }

    private void unfilter(int filter, byte[] current, byte[] above) throws ImageDecodeException {
        int step = row.filterBytes();
        if (filter < 0 || filter > 4) {
            throw ImageDecodeException.damaged(png.name(), "a row has filter " + filter + "; no PNG has that");
        }
        for (int i = 0; filter != 0 && i < current.length; i++) {
            int left = i < step ? 0 : current[i - step] & 0xFF;
            int up = above[i] & 0xFF;
            int upLeft = i < step ? 0 : above[i - step] & 0xFF;
            int predicted = switch (filter) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                default -> paeth(left, up, upLeft);
            };
            current[i] += (byte) predicted;
        }
    }

    /** The neighbour nearest to {@code left + up - upLeft}. */
    private static int paeth(int left, int up, int upLeft) {
        int toLeft = Math.abs(up - upLeft);
        int toUp = Math.abs(left - upLeft);
        int toUpLeft = Math.abs(left + up - 2 * upLeft);
        if (toLeft <= toUp && toLeft <= toUpLeft) {
            return left;
        }
        return toUp <= toUpLeft ? up : upLeft;
    }
}
