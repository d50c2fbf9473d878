package ai.facet.train.data;

import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code inspect.json}, {@code report.html} and {@code classes-<attribute>.png} into a folder. */
final class InspectionFiles {
    private InspectionFiles() {}

    /**
     * Writes all files, replacing those of an earlier inspection.
     *
     * @return the page
     */
    static Path write(Inspection inspection, Path folder, AtomicFiles files) throws IOException {
        List<Attribute> attributes = inspection.table().schema().attributes();
        for (int a = 0; a < attributes.size(); a++) {
            byte[] png = ClassBars.png(attributes.get(a), inspection.table().classCounts(a));
            files.write(folder.resolve("classes-" + attributes.get(a).id() + ".png"), png);
        }
        files.writeText(folder.resolve("inspect.json"), Json.writePretty(InspectionJson.of(inspection)));
        Path page = folder.resolve("report.html");
        files.writeText(page, InspectionHtml.of(inspection));
        return page;
    }
}
