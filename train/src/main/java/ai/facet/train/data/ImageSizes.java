package ai.facet.train.data;

import ai.facet.annotations.ScannedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How large the readable images are. */
final class ImageSizes {
    private ImageSizes() {}

    /** A size and how many images have it. */
    record Size(String text, int count) {}

    /** The most frequent sizes first, {@code 640x480}. */
    static List<Size> mostFrequent(List<ScannedImage> scans) {
        Map<String, Integer> counts = new TreeMap<>();
        for (ScannedImage scan : scans) {
            if (scan.widthPx() > 0) {
                counts.merge(scan.widthPx() + "x" + scan.heightPx(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(e -> new Size(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingInt(Size::count).reversed())
                .toList();
    }

    /** {@code widths 224 to 640 px, heights 224 to 480 px}; empty if nothing was read. */
    static String range(List<ScannedImage> scans) {
        List<ScannedImage> read = scans.stream().filter(s -> s.widthPx() > 0).toList();
        if (read.isEmpty()) {
            return "";
        }
        return "widths "
                + span(read.stream().mapToInt(ScannedImage::widthPx).sorted().toArray()) + ", heights "
                + span(read.stream().mapToInt(ScannedImage::heightPx).sorted().toArray());
    }

    private static String span(int[] sorted) {
        int low = sorted[0];
        int high = sorted[sorted.length - 1];
        return low == high ? low + " px" : low + " to " + high + " px";
    }
}
