package ai.facet.files;

import ai.facet.cli.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns arguments (files, folders, patterns) into files. */
public final class PictureFiles {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");

    private PictureFiles() {}

    /**
     * Expands arguments in their order; the content of a folder by name.
     *
     * @throws UserException (exit 2) if an argument matches nothing
     */
    public static List<Path> expand(List<String> arguments, boolean recursive) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String argument : arguments) {
            Path path = path(argument);
            List<Path> found = path != null && Files.exists(path) ? existing(path, recursive) : pattern(argument);
            if (found.isEmpty() && path != null && Files.isDirectory(path)) {
                throw UserException.badArguments(argument + " has no pictures; expected files that end in one of "
                        + EXTENSIONS.stream().sorted().toList()
                        + (recursive ? "" : ". For the folders inside it give --recursive"));
            }
            if (found.isEmpty()) {
                throw UserException.badArguments(
                        argument + ": no such file, and no picture matches; expected a picture, a folder or a pattern");
            }
            files.addAll(found);
        }
        return files;
    }

    /** Null for what can only be a pattern: Windows allows no {@code *} in a path. */
    private static @Nullable Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static List<Path> existing(Path path, boolean recursive) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        Path real = path.toRealPath(); // a walk does not follow the link it starts at
        try (Stream<Path> content = Files.walk(real, recursive ? Integer.MAX_VALUE : 1)) {
            return pictures(content.map(file -> path.resolve(real.relativize(file))));
        }
    }

    /** @throws IOException naming the folder that cannot be read */
    static List<Path> pictures(Stream<Path> content) throws IOException {
        try {
            return content.filter(Files::isRegularFile)
                    .filter(PictureFiles::isPicture)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof AccessDeniedException denied) {
                throw new IOException(
                        denied.getFile() + " cannot be read: permission denied. Change its permissions, or name"
                                + " the pictures instead of the folder",
                        denied);
            }
            throw e.getCause();
        }
    }

    private static List<Path> pattern(String argument) throws IOException {
        int slash = Math.max(argument.lastIndexOf('/'), argument.lastIndexOf('\\'));
        Path folder = path(slash < 0 ? "." : argument.substring(0, slash + 1));
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        PathMatcher matcher = matcher(argument.substring(slash + 1));
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(Files::isRegularFile)
                    .filter(f -> matcher.matches(f.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw UserException.badArguments("pattern \"" + glob + "\": " + e.getDescription()
                    + "; expected a name with * ? [a-z] or {jpg,png}");
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
