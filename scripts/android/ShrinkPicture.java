import java.awt.image.BufferedImage;
import java.io.File;
import javax.imageio.ImageIO;

/**
 * {@code java ShrinkPicture.java IN.png OUT.png FACTOR}: each pixel of the smaller picture is the mean of FACTOR x FACTOR pixels.
 * For documentation alone.
 */
final class ShrinkPicture {
    private ShrinkPicture() {}

    public static void main(String[] arguments) throws Exception {
        BufferedImage whole = ImageIO.read(new File(arguments[0]));
        int factor = Integer.parseInt(arguments[2]);
        BufferedImage small = new BufferedImage(
                whole.getWidth() / factor, whole.getHeight() / factor, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < small.getHeight(); y++) {
            for (int x = 0; x < small.getWidth(); x++) {
                small.setRGB(x, y, mean(whole, x * factor, y * factor, factor));
            }
        }
        ImageIO.write(small, "png", new File(arguments[1]));
    }

    private static int mean(BufferedImage whole, int left, int top, int side) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                int rgb = whole.getRGB(x, y);
                red += rgb >> 16 & 0xFF;
                green += rgb >> 8 & 0xFF;
                blue += rgb & 0xFF;
            }
        }
        int pixels = side * side;
        return red / pixels << 16 | green / pixels << 8 | blue / pixels;
    }
}
