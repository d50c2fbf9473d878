package ai.facet.serve.registry;

import ai.facet.bundle.ModelBundle;
import ai.facet.description.ModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in a model folder now. Layout in the package description. */
final class ModelFolder {
    private final Path root;

    ModelFolder(Path root) {
        this.root = root;
    }

    /**
     * A folder that is a bundle, or is to become one.
     *
     * @param fingerprint changes with every file that comes, goes or is written
     */
    record Found(Path bundle, String fingerprint) {}

    Path root() {
        return root;
    }

    /** Every bundle, finished or not. */
    SortedMap<ModelId, Found> scan() throws IOException {
        SortedMap<ModelId, Found> found = new TreeMap<>();
        for (Path folder : folders(root)) {
            String name = String.valueOf(folder.getFileName());
            if (!ModelDescription.isName(name)) {
                continue;
            }
            List<Path> versions = folders(folder).stream()
                    .filter(inside -> ModelId.isVersion(String.valueOf(inside.getFileName())))
                    .toList();
            if (versions.isEmpty() || Files.exists(folder.resolve(ModelBundle.DESCRIPTION))) {
                found.put(new ModelId(name, ModelId.FIRST), new Found(folder, fingerprint(folder)));
            } else {
                for (Path version : versions) {
                    int number = Integer.parseInt(String.valueOf(version.getFileName()));
                    found.put(new ModelId(name, number), new Found(version, fingerprint(version)));
                }
            }
        }
        return found;
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** Name, size, time and identity of each file: reading them all every other second would cost too much. */
    private static String fingerprint(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try {
                    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                    lines.add(file.getFileName() + " " + is.size() + " " + is.lastModifiedTime() + " " + is.fileKey());
                } catch (NoSuchFileException e) {
                    lines.add(file.getFileName() + " gone");
                }
            }
        } catch (NoSuchFileException e) {
            return "gone";
        }
        lines.sort(Comparator.naturalOrder());
        return String.join("\n", lines);
    }
}
