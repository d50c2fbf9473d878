package ai.facet.train.input;

import java.util.SplittableRandom;

/**
 * Blurs with a Gauss kernel cut at three standard deviations; pixels beyond the edge equal those at the edge.
 *
 * @param largestSigmaPx the standard deviation is drawn evenly from 0 to this
 */
record GaussianBlur(double largestSigmaPx) implements Augmentation {
    private static final double REACH = 3;

    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        blur(pixelsHwc, widthPx, heightPx, random.nextDouble() * largestSigmaPx);
    }

    static void blur(byte[] pixels, int width, int height, double sigma) {
        int radius = (int) Math.ceil(REACH * sigma);
        if (radius == 0) {
            return;
        }
        Scratch scratch = Scratch.own();
        float[] kernel = fill(scratch.kernel(2 * radius + 1), radius, sigma);
        float[] rows = scratch.values(width * height * 3); // blurred along x
        for (int i = 0; i < width * height * 3; i++) {
            int x = i / 3 % width;
            int start = i - x * 3;
            float sum = 0;
            for (int k = -radius; k <= radius; k++) {
                sum += kernel[k + radius] * (pixels[start + inside(x + k, width) * 3] & 0xFF);
            }
            rows[i] = sum;
        }
        for (int i = 0; i < width * height * 3; i++) {
            int y = i / (width * 3);
            int column = i - y * width * 3;
            float sum = 0;
            for (int k = -radius; k <= radius; k++) {
                sum += kernel[k + radius] * rows[column + inside(y + k, height) * width * 3];
            }
            pixels[i] = Scratch.toByte(sum);
        }
    }

    private static float[] fill(float[] kernel, int radius, double sigma) {
        double total = 0;
        for (int k = -radius; k <= radius; k++) {
            total += Math.exp(-k * k / (2 * sigma * sigma));
        }
        for (int k = -radius; k <= radius; k++) {
            kernel[k + radius] = (float) (Math.exp(-k * k / (2 * sigma * sigma)) / total);
        }
        return kernel;
    }

    private static int inside(int position, int size) {
        return Math.max(0, Math.min(size - 1, position));
    }
}
