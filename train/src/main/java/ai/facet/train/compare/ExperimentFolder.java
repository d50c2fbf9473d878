package ai.facet.train.compare;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.files.FileTree;
import ai.facet.files.RegularFiles;
import ai.facet.image.Box;
import ai.facet.json.Json;
import ai.facet.schema.Attribute;
import ai.facet.train.run.RunFolder;
import ai.facet.train.run.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where an experiment keeps its pictures, runs and results; the package description lists the files. */
final class ExperimentFolder {
    private static final String CONFIG = "experiment.json";
    private static final String PICTURES = "pictures.csv";
    private static final String SCHEMA = "schema.json";
    private static final String DATA_HASH = "dataHash";
    private static final String NETWORKS = "networks";
    private static final String RESULTS = "results";
    private static final String JSON = ".json";
    private static final String GROUP = "facet:group";
    private static final String SIDE = "facet:split";
    private static final List<String> BOX = List.of("facet:x", "facet:y", "facet:w", "facet:h");

    private final Path path;

    private ExperimentFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder, or opens that of the same experiment.
     *
     * @param table the chosen pictures
     * @param settings everything that decides what comes out, but the networks
     * @throws UserException (exit 2) if the folder holds anything else, or an experiment with other settings in which a network
     *     has learned something
     */
    static ExperimentFolder open(Path path, AnnotationTable table, Map<String, Object> settings) throws IOException {
        ExperimentFolder folder = new ExperimentFolder(path);
        Map<String, Object> config = new LinkedHashMap<>(settings);
        config.put("pictures", table.size());
        config.put(DATA_HASH, table.hash());
        SettingsFile file = new SettingsFile(path.resolve(CONFIG));
        if (folder.isExperiment()) {
            if (folder.hasLearned()) {
                file.requireSame(config, "another experiment");
                return folder;
            }
            folder.clear();
        } else if (Files.exists(path) && (!Files.isDirectory(path) || !isEmpty(path))) {
            throw UserException.badArguments(
                    "--output " + path + " is already there and is no experiment. Choose another folder");
        }
        AtomicFiles files = AtomicFiles.real();
        files.writeText(path.resolve(SCHEMA), table.schema().toFileText());
        files.writeText(path.resolve(PICTURES), csv(table));
        Files.createDirectories(path.resolve(NETWORKS));
        Files.createDirectories(path.resolve(RESULTS));
        file.write(config);
        return folder;
    }

    /** Another program may have a file of this name. */
    private boolean isExperiment() throws IOException {
        Path file = path.resolve(CONFIG);
        return Files.exists(file)
                && Json.parseObject(RegularFiles.readText(file), file.toString())
                        .has(DATA_HASH);
    }

    /** Whether anything would be lost with other settings. */
    private boolean hasLearned() throws IOException {
        for (Path run : content(NETWORKS)) {
            if (RunFolder.hasWeights(run) || RunFolder.isRun(run) && RunFolder.isInUse(run)) {
                return true;
            }
        }
        return !finished().isEmpty();
    }

    /** Removes what networks left that failed before they had learned anything. */
    private void clear() throws IOException {
        for (Path file : content(RESULTS)) {
            Files.delete(file);
        }
        for (Path file : content(NETWORKS)) {
            FileTree.remove(file);
        }
    }

    private List<Path> content(String name) throws IOException {
        Path folder = path.resolve(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The networks that were trained and measured, in this call or an earlier one, by name. */
    List<NetworkResult> finished() throws IOException {
        List<NetworkResult> results = new ArrayList<>();
        for (Path file : content(RESULTS)) {
            if (file.toString().endsWith(JSON)) {
                NetworkResult result = read(file);
                results.addAll(result.finished() ? List.of(result) : List.of());
            }
        }
        return results;
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    /** The chosen rows, with the columns that {@link #dataArguments} names and no others. */
    private static String csv(AnnotationTable table) {
        List<String> titles = new ArrayList<>(List.of("image_path"));
        List<Attribute> attributes = table.schema().attributes();
        attributes.forEach(a -> titles.add(a.title()));
        boolean groups = hasGroups(table);
        boolean sides = hasSides(table);
        boolean boxes = hasBoxes(table);
        titles.addAll(groups ? List.of(GROUP) : List.of());
        titles.addAll(sides ? List.of(SIDE) : List.of());
        titles.addAll(boxes ? BOX : List.of());
        StringBuilder csv = new StringBuilder(line(titles));
        for (AnnotatedImage image : table.images()) {
            List<String> cells = labels(attributes, image);
            cells.addAll(groups ? List.of(image.group() == null ? "" : image.group()) : List.of());
            cells.addAll(
                    sides ? List.of(image.split() == null ? "" : image.split().text()) : List.of());
            cells.addAll(boxes ? box(image.box()) : List.of());
            csv.append(line(cells));
        }
        return csv.toString();
    }

    private static List<String> labels(List<Attribute> attributes, AnnotatedImage image) {
        List<String> cells =
                new ArrayList<>(List.of(image.path().toAbsolutePath().toString()));
        for (int a = 0; a < attributes.size(); a++) {
            int label = image.labels()[a];
            cells.add(
                    label == AnnotatedImage.MISSING
                            ? ""
                            : attributes.get(a).classes().get(label));
        }
        return cells;
    }

    private static List<String> box(@Nullable Box box) {
        return box == null
                ? List.of("", "", "", "")
                : List.of("" + box.x(), "" + box.y(), "" + box.widthPx(), "" + box.heightPx());
    }

    private static boolean hasGroups(AnnotationTable table) {
        return table.images().stream().anyMatch(image -> image.group() != null);
    }

    private static boolean hasSides(AnnotationTable table) {
        return table.images().stream().anyMatch(image -> image.split() != null);
    }

    private static boolean hasBoxes(AnnotationTable table) {
        return table.images().stream().anyMatch(image -> image.box() != null);
    }

    static String line(List<String> cells) {
        List<String> quoted = cells.stream()
                .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                .toList();
        return String.join(",", quoted) + "\n";
    }

    /** The options of {@code facet train} that name these pictures. */
    List<String> dataArguments(AnnotationTable table) {
        List<String> arguments =
                new ArrayList<>(List.of("--data", picturesFile().toString()));
        arguments.addAll(List.of("--schema", path.resolve(SCHEMA).toString()));
        arguments.addAll(boxArguments(table));
        if (hasGroups(table)) {
            arguments.addAll(List.of("--group-column", GROUP));
        }
        if (hasSides(table)) {
            arguments.addAll(List.of("--split-column", SIDE));
        }
        return arguments;
    }

    static List<String> boxArguments(AnnotationTable table) {
        return hasBoxes(table) ? List.of("--box-columns", String.join(",", BOX)) : List.of();
    }

    Path picturesFile() {
        return path.resolve(PICTURES).toAbsolutePath();
    }

    Path run(String network) {
        return path.resolve(NETWORKS).resolve(network);
    }

    Path log(String network) {
        return path.resolve(NETWORKS).resolve(network + ".log");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The result of an earlier start, finished or not. */
    @Nullable
    NetworkResult result(String network) throws IOException {
        Path file = resultFile(network);
        return Files.exists(file) ? read(file) : null;
    }

    private static NetworkResult read(Path file) throws IOException {
        return NetworkResult.fromJson(Json.parseObject(RegularFiles.readText(file), file.toString()));
    }

    void store(NetworkResult result) throws IOException {
        AtomicFiles.real().writeText(resultFile(result.name()), Json.writePretty(result.toJson()));
    }

    private Path resultFile(String network) {
        return path.resolve(RESULTS).resolve(network + JSON);
    }
}
