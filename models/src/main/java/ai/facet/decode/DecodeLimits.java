package ai.facet.decode;

import ai.facet.decode.ImageDecodeException.Reason;

/**
 * What a picture may cost, checked from its header before anything of its size is allocated. Decoding takes about 3
 * bytes a pixel, 6 when it is turned upright, 12 for progressive JPEGs.
 *
 * @param maxPixels width times height
 * @param maxSidePx the longer side
 * @param maxBytes of the encoded file
 */
public record DecodeLimits(long maxPixels, int maxSidePx, long maxBytes) {
    /** 50 million pixels, 30,000 px a side, 100 MB. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(50_000_000, 30_000, 100_000_000);

    private static final int MAX_ARRAY_PIXELS = Integer.MAX_VALUE / 4;

    public DecodeLimits {
        if (maxPixels < 1 || maxSidePx < 1 || maxBytes < 1 || maxPixels > MAX_ARRAY_PIXELS) {
            throw new IllegalArgumentException("limits " + maxPixels + " pixels, " + maxSidePx + " px a side, "
                    + maxBytes + " bytes; expected at least 1 each, at most " + MAX_ARRAY_PIXELS + " pixels");
        }
    }

    void checkBytes(long bytes, String name) throws ImageDecodeException {
        if (bytes > maxBytes) {
            throw new ImageDecodeException(
                    Reason.TOO_LARGE, name + " has " + bytes + " bytes; expected at most " + maxBytes);
        }
    }

    void checkSize(long widthPx, long heightPx, String name) throws ImageDecodeException {
        if (widthPx < 1 || heightPx < 1) {
            throw ImageDecodeException.damaged(name, "its header says " + widthPx + "x" + heightPx + " px");
        }
        if (widthPx > maxSidePx || heightPx > maxSidePx || widthPx * heightPx > maxPixels) {
            throw new ImageDecodeException(
                    Reason.TOO_LARGE,
                    name + " is " + widthPx + "x" + heightPx + " px; expected at most " + maxPixels + " pixels and "
                            + maxSidePx + " px a side. Scale it down");
        }
    }
}
