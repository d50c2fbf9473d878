package ai.facet.train.run;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.SplitFile;
import ai.facet.annotations.SplitSide;
import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The split that a run stored beside its checkpoints. */
public final class StoredSplit {
    /** The part that is every picture, whatever the run did with it. */
    public static final String ALL = "all";

    private StoredSplit() {}

    /**
     * Which rows belong to a part.
     *
     * @param part {@link #ALL}, {@code train}, {@code validation} or {@code test}
     * @param fingerprints of the table's pictures, in its order
     * @throws UserException (exit 2) if there is no such part, or no split beside the checkpoint
     */
    public static int[] indices(
            Path checkpoint, String part, AnnotationTable table, List<ImageFingerprint> fingerprints)
            throws IOException {
        if (part.equals(ALL)) {
            return IntStream.range(0, table.size()).toArray();
        }
        SplitSide side = side(part);
        Path stored = checkpoint.resolveSibling(RunData.SPLIT);
        if (!Files.isRegularFile(stored)) {
            throw UserException.badArguments("--split " + part + " needs " + stored
                    + ", which is missing. Use the checkpoint inside its run folder, or --split all");
        }
        return SplitFile.readPart(stored, table, fingerprints).indices(side);
    }

    /**
     * Which pictures the network was trained on.
     *
     * @return positions in the list; none if there is no split beside the checkpoint
     */
    static int[] trainedOn(Path checkpoint, List<ImageFingerprint> fingerprints) throws IOException {
        Path stored = checkpoint.resolveSibling(RunData.SPLIT);
        return Files.isRegularFile(stored) ? SplitFile.onSide(stored, fingerprints, SplitSide.TRAIN) : new int[0];
    }

    /**
     * Fails at once for a part that cannot be.
     *
     * @throws UserException (exit 2)
     */
    public static void requirePart(String part) {
        if (!part.equals(ALL)) {
            side(part);
        }
    }

    private static SplitSide side(String part) {
        return SplitSide.ofText(part)
                .orElseThrow(() -> UserException.badArguments(
                        "--split is \"" + part + "\"; expected all, train, validation or test"));
    }
}
