package ai.facet.train.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of a batch that go through a network at once.
 *
 * @param from position of the first
 * @param to position after the last; equal to {@code from} where a batch has fewer pictures than parts
 */
public record BatchPart(int from, int to) {
    /**
     * Cuts a batch into as many parts for each device; sizes differ by one at most, the larger ones first. Part {@code i}
     * belongs to device {@code i mod devices}.
     *
     * @param most pictures that may go through the network of a device at once
     */
    public static List<BatchPart> of(int pictures, int devices, int most) {
        long together = (long) devices * most;
        int count = devices * (int) ((pictures + together - 1) / together);
        List<BatchPart> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = from + pictures / count + (i < pictures % count ? 1 : 0);
            parts.add(new BatchPart(from, to));
            from = to;
        }
        return parts;
    }

    /** Pictures of the largest part of {@link #of}: what a device computes with at once. */
    public static int largest(int pictures, int devices, int most) {
        return of(pictures, devices, most).get(0).size();
    }

    /** Pictures of the smallest part of {@link #of}: what batch normalisation may have to do with. */
    public static int smallest(int pictures, int devices, int most) {
        List<BatchPart> parts = of(pictures, devices, most);
        return parts.get(parts.size() - 1).size();
    }

    public int size() {
        return to - from;
    }
}
