package ai.facet.train.synth;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/** Turns a clean drawing into one of average or bad quality: box blur, noise and flat contrast, in proportion to its size. */
final class QualityDegradation {
    private static final int BLUR_PASSES = 2;

    private QualityDegradation() {}

    /** Changes an {@code TYPE_INT_RGB} picture in place. */
    static void apply(BufferedImage image, PersonTraits traits, SplittableRandom random) {
        int side = Math.max(image.getWidth(), image.getHeight());
        switch (traits.className(Attributes.IMAGE_QUALITY)) {
            case "Average" -> degrade(image, Math.max(1, (int) Math.round(side * 0.006)), 1, 9, random);
            case "Bad" -> degrade(image, Math.max(1, (int) Math.round(side * 0.014)), 0.55, 15, random);
            default -> {}
        }
    }

    private static void degrade(
            BufferedImage image, int radius, double contrast, double noise, SplittableRandom random) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int[] other = new int[pixels.length];
        for (int pass = 0; pass < BLUR_PASSES; pass++) {
            blur(pixels, other, image.getWidth(), image.getHeight(), radius, 1, image.getWidth());
            blur(other, pixels, image.getHeight(), image.getWidth(), radius, image.getWidth(), 1);
        }
        double lift = (random.nextDouble() - 0.5) * 90 * (1 - contrast);
        for (int i = 0; i < pixels.length; i++) {
            int rgb = 0;
            double grain = noise * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2;
            for (int shift = 16; shift >= 0; shift -= 8) {
                double value = ((pixels[i] >> shift & 0xFF) - 128) * contrast + 128 + lift + grain;
                rgb |= (int) Math.max(0, Math.min(255, Math.round(value))) << shift;
            }
            pixels[i] = rgb;
        }
    }

    /** Running mean along lines: {@code length} pixels {@code step} apart, {@code lines} lines {@code stride} apart. */
    private static void blur(int[] from, int[] to, int length, int lines, int radius, int step, int stride) {
        int window = 2 * radius + 1;
        for (int line = 0; line < lines; line++) {
            int start = line * stride;
            for (int shift = 16; shift >= 0; shift -= 8) {
                int sum = 0;
                for (int i = -radius; i <= radius; i++) {
                    sum += from[start + clamp(i, length) * step] >> shift & 0xFF;
                }
                for (int i = 0; i < length; i++) {
                    int index = start + i * step;
                    to[index] = to[index] & ~(0xFF << shift) | (sum + window / 2) / window << shift;
                    sum += (from[start + clamp(i + radius + 1, length) * step] >> shift & 0xFF)
                            - (from[start + clamp(i - radius, length) * step] >> shift & 0xFF);
                }
            }
        }
    }

    private static int clamp(int index, int length) {
        return Math.max(0, Math.min(length - 1, index));
    }
}
