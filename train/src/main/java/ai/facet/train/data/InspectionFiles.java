package ai.facet.train.data;

import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code inspect.json}, {@code report.html} and {@code classes-<attribute>.png} into a folder. */
final class InspectionFiles {
    private static final String JSON = "inspect.json";

    private InspectionFiles() {}

    /**
     * Writes all files, replacing those of an earlier inspection.
     *
     * @return the page
     */
    static Path write(Inspection inspection, Path folder, AtomicFiles files) throws IOException {
        removeEarlier(folder);
        List<Attribute> attributes = inspection.table().schema().attributes();
        for (int a = 0; a < attributes.size(); a++) {
            byte[] png = ClassBars.png(attributes.get(a), inspection.table().classCounts(a));
            files.write(folder.resolve("classes-" + attributes.get(a).id() + ".png"), png);
        }
        files.writeText(folder.resolve(JSON), Json.writePretty(InspectionJson.of(inspection)));
        Path page = folder.resolve("report.html");
        files.writeText(page, InspectionHtml.of(inspection));
        return page;
    }

    /** Another CSV had other attributes. */
    private static void removeEarlier(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(JSON))) {
            return;
        }
        try (DirectoryStream<Path> plots = Files.newDirectoryStream(folder, "classes-*.png")) {
            for (Path plot : plots) {
                Files.delete(plot);
            }
        }
    }

    /**
     * Accepts a folder that is new, empty or an earlier inspection's.
     *
     * @throws UserException (exit 2) for a folder with something else in it
     */
    static void requireOwn(Path folder) throws IOException {
        if (!Files.exists(folder) || Files.isRegularFile(folder.resolve(JSON))) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw UserException.badArguments("--output " + folder + " is a file; expected a folder");
        }
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            if (content.iterator().hasNext()) {
                throw UserException.badArguments(
                        "--output " + folder + " is not empty and holds no inspection. Choose another folder");
            }
        }
    }
}
