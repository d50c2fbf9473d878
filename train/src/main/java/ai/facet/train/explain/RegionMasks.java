package ai.facet.train.explain;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import ai.facet.preprocess.FrameBox;
import ai.facet.preprocess.Preprocessing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One picture's regions on the network's input: for each pixel the part of it that lies inside, 0 to 1.
 *
 * @param masks {@code [height, width]} by region, and by several regions with {@code +} between where asked for
 * @param picturePx square pixels that the picture itself takes, without letterbox
 */
record RegionMasks(Map<String, float[]> masks, double picturePx) {
    /** @param joined names of several regions with {@code +} between; those that are seen make up the mask */
    static RegionMasks of(
            Map<String, List<Box>> boxes,
            Iterable<String> joined,
            AnnotatedImage image,
            PixelRows source,
            Preprocessing input) {
        Map<String, float[]> masks = new LinkedHashMap<>();
        boxes.forEach((name, list) -> masks.put(
                name,
                union(list.stream().map(box -> mask(box, image, source, input)).toList())));
        for (String names : joined) {
            List<float[]> parts = Arrays.stream(names.split("\\+", -1))
                    .filter(boxes::containsKey)
                    .map(name -> masks.getOrDefault(name, new float[0]))
                    .toList();
            if (!parts.isEmpty()) {
                masks.put(names, union(parts));
            }
        }
        float[] whole = mask(new Box(0, 0, source.widthPx(), source.heightPx()), image, source, input);
        return new RegionMasks(masks, sum(whole));
    }

    private static float[] mask(Box box, AnnotatedImage image, PixelRows source, Preprocessing input) {
        FrameBox frame = FrameBox.of(box, image.box(), source.widthPx(), source.heightPx(), input);
        float[] mask = new float[input.widthPx() * input.heightPx()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (float) frame.coverage(i % input.widthPx(), i / input.widthPx());
        }
        return mask;
    }

    private static float[] union(List<float[]> masks) {
        float[] union = masks.get(0).clone();
        for (float[] mask : masks) {
            for (int i = 0; i < union.length; i++) {
                union[i] = Math.max(union[i], mask[i]);
            }
        }
        return union;
    }

    static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
