package ai.facet.train.explain;

import ai.facet.cli.UserException;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import ai.facet.network.CellGrid;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures how much of each attribute's heat lies inside the region that fits it, and in every other one, beside the
 * share of the picture that the region covers: what heat spread evenly would give. A picture counts where the region is
 * seen and there is heat at all.
 */
final class RegionShares implements ExplanationSink {
    private final RegionFile file;
    private final RegionRules rules;
    private final Preprocessing input;
    private final CellGrid grid;
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);
    private final Map<Attribute, Map<String, RegionTally>> tallies = new LinkedHashMap<>();
    private final Map<Attribute, Integer> withoutHeat = new LinkedHashMap<>();

    RegionShares(RegionFile file, RegionRules rules, Preprocessing input, CellGrid grid) {
        this.file = file;
        this.rules = rules;
        this.input = input;
        this.grid = grid;
    }

    @Override
    public void accept(Explanation explanation) throws IOException {
        Path path = explanation.image().path();
        Map<String, List<Box>> boxes = file.of(path);
        if (boxes.isEmpty()) {
            return;
        }
        PixelRows source = decoder.decode(decoder.read(path), path.toString());
        List<String> joined = explanation.attributes().stream()
                .map(heat -> rules.fitting(heat.attribute()))
                .filter(names -> names.contains("+"))
                .distinct()
                .toList();
        RegionMasks masks = RegionMasks.of(boxes, joined, explanation.image(), source, input);
        explanation.attributes().forEach(heat -> measure(heat, masks));
    }

    private void measure(AttributeHeat heat, RegionMasks masks) {
        if (heat.heat().peak() == 0) {
            withoutHeat.merge(heat.attribute(), 1, Integer::sum);
            return;
        }
        float[] field = heat.heat().over(grid, input.widthPx(), input.heightPx());
        Map<String, RegionTally> own = tallies.computeIfAbsent(heat.attribute(), a -> new TreeMap<>());
        masks.masks().forEach((region, mask) -> {
            double area = RegionMasks.sum(mask) / masks.picturePx();
            if (area > 0) {
                own.computeIfAbsent(region, r -> new RegionTally())
                        .add(share(field, mask), area, peakInside(field, mask));
            }
        });
    }

    /** The part of all heat that lies under the mask. */
    static double share(float[] field, float[] mask) {
        double inside = 0;
        for (int i = 0; i < field.length; i++) {
            inside += (double) field[i] * mask[i];
        }
        return inside / RegionMasks.sum(field);
    }

    /** Whether the hottest pixel lies inside; of equally hot ones, as beyond the outermost value, most of them. */
    static boolean peakInside(float[] field, float[] mask) {
        float peak = 0;
        for (float value : field) {
            peak = Math.max(peak, value);
        }
        int pixels = 0;
        double inside = 0;
        for (int i = 0; i < field.length; i++) {
            if (field[i] == peak) {
                pixels++;
                inside += mask[i];
            }
        }
        return inside >= 0.5 * pixels;
    }

    /**
     * What was measured.
     *
     * @throws UserException (exit 1) if no picture has a region
     */
    RegionReport report() {
        if (tallies.isEmpty()) {
            throw UserException.failed(
                    "no explained picture has a box in the regions' file; expected the same pictures in"
                            + " both. Paths in it are relative to its folder");
        }
        return new RegionReport(tallies.entrySet().stream()
                .map(e -> new RegionReport.Entry(
                        e.getKey(), rules.fitting(e.getKey()), e.getValue(), withoutHeat.getOrDefault(e.getKey(), 0)))
                .toList());
    }
}
