package ai.facet.train.runs;

import ai.facet.cli.UserException;
import ai.facet.json.JsonException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds runs. */
public final class RunFolders {
    private static final int DEEPEST = 5;

    private final PrintWriter err;

    /** @param err is told which runs cannot be read */
    public RunFolders(PrintWriter err) {
        this.err = err;
    }

    /** Whether paths name the runs themselves: then they are to be compared. */
    public static boolean areRuns(List<Path> paths) {
        return paths.stream().allMatch(RunRecord::isRun);
    }

    /** The runs that are named, in their order. */
    public static List<RunRecord> named(List<Path> folders) throws IOException {
        List<RunRecord> runs = new ArrayList<>();
        for (Path folder : folders) {
            runs.add(RunRecord.read(folder));
        }
        return runs;
    }

    /**
     * The runs in and below some folders, the newest first.
     *
     * @throws UserException (exit 2) if one is no folder
     */
    public List<RunRecord> below(List<Path> folders) throws IOException {
        List<RunRecord> runs = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw UserException.badArguments(folder + " is no folder; expected one with runs of facet train");
            }
            collect(folder, DEEPEST, runs);
        }
        runs.sort(Comparator.comparing(RunRecord::changed).reversed());
        return runs;
    }

    /** A run holds no other runs. */
    private void collect(Path folder, int depth, List<RunRecord> runs) throws IOException {
        if (RunRecord.isRun(folder)) {
            addIfReadable(folder, runs);
        } else if (depth > 0) {
            try (DirectoryStream<Path> inner = Files.newDirectoryStream(folder, Files::isDirectory)) {
                for (Path path : inner) {
                    collect(path, depth - 1, runs);
                }
            }
        }
    }

    private void addIfReadable(Path folder, List<RunRecord> runs) {
        try {
            runs.add(RunRecord.read(folder));
        } catch (IOException | JsonException | UserException e) {
            err.println("facet: " + folder + " cannot be read: " + e.getMessage());
        }
    }
}
