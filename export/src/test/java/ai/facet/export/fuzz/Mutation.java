package ai.facet.export.fuzz;

import ai.facet.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** One damaged copy of a bundle; the same seed gives the same damage. */
public record Mutation(long seed) {
    private static final int MOST_CHANGES = 6;

    /**
     * Copies a bundle and damages a file of the copy.
     *
     * @param files to choose from
     * @param forge whether the checksums are written anew, so that they fit the damage
     * @return the file's name
     */
    String apply(Path bundle, Path copy, List<String> files, boolean forge) throws IOException {
        Files.createDirectories(copy);
        try (Stream<Path> all = Files.list(bundle)) {
            for (Path file : all.toList()) {
                Files.write(copy.resolve(String.valueOf(file.getFileName())), Files.readAllBytes(file));
            }
        }
        Random random = new Random(seed);
        String name = files.get(random.nextInt(files.size()));
        Files.write(copy.resolve(name), mutated(Files.readAllBytes(copy.resolve(name)), random));
        if (forge && !name.equals(ModelBundle.CHECKSUMS)) {
            ModelBundle.writeChecksums(copy);
        }
        return name;
    }

    /** A few other bytes, a cut, a piece moved or repeated. */
    public static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int near = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 600);
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            bytes[random.nextInt(near)] = (byte) random.nextInt(256);
        }
        int kind = random.nextInt(4);
        if (kind == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        if (kind == 1) {
            int length = 1 + random.nextInt(Math.max(1, near / 8));
            System.arraycopy(whole, random.nextInt(near - length), bytes, random.nextInt(near - length), length);
        }
        return bytes;
    }
}
