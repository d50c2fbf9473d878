package ai.facet.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files that a user named, so that a failure names the file and says what was expected. */
public final class RegularFiles {
    private RegularFiles() {}

    /**
     * The whole text of a small UTF-8 file.
     *
     * @throws IOException if it does not exist, is no file or is not UTF-8
     */
    public static String readText(Path file) throws IOException {
        require(file);
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8 text; expected a text file saved as UTF-8", e);
        }
    }

    /**
     * Accepts what can be read as a file.
     *
     * @throws NoSuchFileException if there is nothing
     * @throws IOException if it is a folder or a special file
     */
    public static void require(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "does not exist");
        }
        if (!Files.isRegularFile(file)) {
            String what = Files.isDirectory(file) ? "a folder" : "no regular file";
            throw new IOException(file + " is " + what + "; expected a file");
        }
    }
}
