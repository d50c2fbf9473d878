package ai.facet.image;

/**
 * A rectangle of pixels in an upright picture: the part that a model looks at. It may stick out of the picture, as
 * detectors' boxes do; {@link #clippedTo} cuts it.
 *
 * @param x the left column, 0 at the picture's left edge; may be negative
 * @param y the top row, 0 at the picture's top edge; may be negative
 */
public record Box(int x, int y, int widthPx, int heightPx) {
    public Box {
        if (widthPx < 1 || heightPx < 1) {
            throw new IllegalArgumentException("box x=" + x + ", y=" + y + ", w=" + widthPx + ", h=" + heightPx
                    + "; expected w and h of at least 1");
        }
    }

    /**
     * The part of this box inside a picture.
     *
     * @throws IllegalArgumentException if no pixel is inside
     */
    public Box clippedTo(int pictureWidthPx, int pictureHeightPx) {
        int left = Math.max(x, 0);
        int top = Math.max(y, 0);
        long right = Math.min((long) x + widthPx, pictureWidthPx);
        long bottom = Math.min((long) y + heightPx, pictureHeightPx);
        if (left >= right || top >= bottom) {
            throw new IllegalArgumentException("box x=" + x + ", y=" + y + ", w=" + widthPx + ", h=" + heightPx
                    + " lies outside the picture of " + pictureWidthPx + "x" + pictureHeightPx
                    + " px; expected pixels of the upright picture");
        }
        return new Box(left, top, (int) (right - left), (int) (bottom - top));
    }
}
