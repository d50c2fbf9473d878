package ai.facet.preprocess;

/**
 * Where a source picture's resized pixels land in the network's input.
 *
 * <p>Rounding: the side that decides the scale takes the input's full length; the other side is
 * {@code source * scale}, rounded half up, at least 1. Padding or cutting is halved; an odd pixel goes to the right or
 * the bottom. All of it is integer arithmetic.
 *
 * @param resizedWidth the whole resized picture, of which {@code widthPx} columns from {@code cutLeft} are kept
 * @param resizedHeight likewise, {@code heightPx} rows from {@code cutTop}
 * @param left column of the input where the kept pixels start
 * @param top row of the input where they start
 */
record Placement(
        long resizedWidth,
        long resizedHeight,
        long cutLeft,
        long cutTop,
        int left,
        int top,
        int widthPx,
        int heightPx) {

    static Placement of(int sourceWidthPx, int sourceHeightPx, Preprocessing p) {
        int width = p.widthPx();
        int height = p.heightPx();
        if (p.fit() == Fit.STRETCH) {
            return new Placement(width, height, 0, 0, 0, 0, width, height);
        }
        // Compare width/sourceWidth with height/sourceHeight.
        long widthScale = (long) width * sourceHeightPx;
        long heightScale = (long) height * sourceWidthPx;
        boolean widthDecides = p.fit() == Fit.LETTERBOX ? widthScale <= heightScale : widthScale >= heightScale;
        return widthDecides
                ? centred(width, roundedRatio(widthScale, sourceWidthPx), p)
                : centred(roundedRatio(heightScale, sourceHeightPx), height, p);
    }

    private static Placement centred(long resizedWidth, long resizedHeight, Preprocessing p) {
        int keptWidth = (int) Math.min(resizedWidth, p.widthPx());
        int keptHeight = (int) Math.min(resizedHeight, p.heightPx());
        return new Placement(
                resizedWidth,
                resizedHeight,
                (resizedWidth - keptWidth) / 2,
                (resizedHeight - keptHeight) / 2,
                (p.widthPx() - keptWidth) / 2,
                (p.heightPx() - keptHeight) / 2,
                keptWidth,
                keptHeight);
    }

    /** The ratio rounded half up, at least 1. */
    private static long roundedRatio(long numerator, long denominator) {
        return Math.max(1, (2 * numerator + denominator) / (2 * denominator));
    }
}
