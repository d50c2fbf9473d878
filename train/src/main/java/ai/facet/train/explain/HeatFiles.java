package ai.facet.train.explain;

import ai.facet.files.AtomicFiles;
import ai.facet.network.MapPlace;
import ai.facet.train.report.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes the PNG files of those pictures that are to be drawn, and hands them on to the page. */
final class HeatFiles implements ExplanationSink {
    static final String HEAT = "heat";
    static final String MAPS = "feature-maps";

    private final Path folder;
    private final HeatOverlay overlay;
    private final Set<Integer> drawn = new HashSet<>();
    private final LayerFiles layers;
    private final List<MapPlace> places;
    private final ExplainPage page;

    /**
     * For a number of pictures spread evenly over the data.
     *
     * @param places where to draw feature maps as well
     */
    HeatFiles(
            Path folder,
            HeatOverlay overlay,
            Spread spread,
            LayerFiles layers,
            List<MapPlace> places,
            ExplainPage page) {
        this.folder = folder;
        this.overlay = overlay;
        this.layers = layers;
        this.places = List.copyOf(places);
        this.page = page;
        int shown = Math.min(spread.drawn(), spread.pictures());
        for (int i = 0; i < shown; i++) {
            drawn.add((int) ((long) i * spread.pictures() / shown));
        }
    }

    /** How many of how many pictures. */
    record Spread(int drawn, int pictures) {}

    @Override
    public void accept(Explanation explanation) throws IOException {
        if (!drawn.contains(explanation.index())) {
            return;
        }
        String name = fileName(explanation);
        AtomicFiles files = AtomicFiles.real();
        files.write(folder.resolve(HEAT).resolve(name), Images.png(new HeatSheet(overlay).draw(explanation)));
        page.add(explanation);
        for (MapPlace place : places) {
            BufferedImage picture = overlay.picture(explanation.pixelsHwc());
            Map<String, BufferedImage> sheets = layers.maps(place, explanation.pixelsHwc(), picture);
            for (Map.Entry<String, BufferedImage> sheet : sheets.entrySet()) {
                files.write(folder.resolve(MAPS).resolve(sheet.getKey()).resolve(name), Images.png(sheet.getValue()));
            }
        }
    }

    /** The number keeps names apart that are the same in two folders. */
    private static String fileName(Explanation explanation) {
        String plain = explanation.name().replaceAll("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._-]", "_");
        return String.format(
                Locale.ROOT, "%05d-%s.png", explanation.index() + 1, plain.substring(0, Math.min(80, plain.length())));
    }
}
