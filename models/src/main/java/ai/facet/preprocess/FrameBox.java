package ai.facet.preprocess;

import ai.facet.image.Box;
import org.jspecify.annotations.Nullable;

/** A rectangle on the network's input, in pixels with fractions: {@code left} 0 is the left edge of the first pixel. */
public record FrameBox(double left, double top, double right, double bottom) {
    /**
     * Where a part of a picture comes to lie, cut where the input ends; without area if nothing of it is seen.
     *
     * @param region in pixels of the upright picture
     * @param used the part of the picture that the network looks at, or null for all of it
     */
    public static FrameBox of(
            Box region, @Nullable Box used, int pictureWidthPx, int pictureHeightPx, Preprocessing p) {
        Box part = FrameScale.part(used, pictureWidthPx, pictureHeightPx);
        Placement placement = Placement.of(part.widthPx(), part.heightPx(), p);
        FrameScale scale = FrameScale.of(part, placement);
        return new FrameBox(
                        scale.inputX(region.x()),
                        scale.inputY(region.y()),
                        scale.inputX(region.x() + region.widthPx()),
                        scale.inputY(region.y() + region.heightPx()))
                .within(
                        placement.left(),
                        placement.top(),
                        placement.left() + placement.widthPx(),
                        placement.top() + placement.heightPx());
    }

    private FrameBox within(double minX, double minY, double maxX, double maxY) {
        return new FrameBox(
                clamp(left, minX, maxX), clamp(top, minY, maxY), clamp(right, minX, maxX), clamp(bottom, minY, maxY));
    }

    private static double clamp(double value, double min, double max) {
        return Math.max(min, Math.min(max, value));
    }

    /** Square pixels. */
    public double area() {
        return (right - left) * (bottom - top);
    }

    /** The part of a pixel that lies inside, 0 to 1. */
    public double coverage(int column, int row) {
        double wide = Math.min(right, column + 1) - Math.max(left, column);
        double high = Math.min(bottom, row + 1) - Math.max(top, row);
        return wide <= 0 || high <= 0 ? 0 : wide * high;
    }
}
