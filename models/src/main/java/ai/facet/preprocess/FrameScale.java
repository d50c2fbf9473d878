package ai.facet.preprocess;

import ai.facet.image.Box;
import org.jspecify.annotations.Nullable;

/**
 * How a picture's pixels become the network's input: {@code input = picture * scale + shift}. Both are counted with
 * fractions, 0 being the left or top edge of the first pixel.
 */
public record FrameScale(double scaleX, double scaleY, double shiftX, double shiftY) {
    /**
     * The scale of a picture.
     *
     * @param used the part of the picture that the network looks at, or null for all of it
     */
    public static FrameScale of(@Nullable Box used, int pictureWidthPx, int pictureHeightPx, Preprocessing p) {
        Box part = part(used, pictureWidthPx, pictureHeightPx);
        return of(part, Placement.of(part.widthPx(), part.heightPx(), p));
    }

    static FrameScale of(Box part, Placement placement) {
        double scaleX = (double) placement.resizedWidth() / part.widthPx();
        double scaleY = (double) placement.resizedHeight() / part.heightPx();
        return new FrameScale(
                scaleX,
                scaleY,
                placement.left() - placement.cutLeft() - part.x() * scaleX,
                placement.top() - placement.cutTop() - part.y() * scaleY);
    }

    static Box part(@Nullable Box used, int pictureWidthPx, int pictureHeightPx) {
        return used == null
                ? new Box(0, 0, pictureWidthPx, pictureHeightPx)
                : used.clippedTo(pictureWidthPx, pictureHeightPx);
    }

    double inputX(double pictureX) {
        return pictureX * scaleX + shiftX;
    }

    double inputY(double pictureY) {
        return pictureY * scaleY + shiftY;
    }

    /** The picture's column that becomes a column of the input. */
    public double pictureX(double inputX) {
        return (inputX - shiftX) / scaleX;
    }

    /** The picture's row that becomes a row of the input. */
    public double pictureY(double inputY) {
        return (inputY - shiftY) / scaleY;
    }
}
