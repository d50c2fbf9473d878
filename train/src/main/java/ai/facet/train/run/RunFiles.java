package ai.facet.train.run;

import ai.facet.files.AtomicFiles;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.TrainingListener;
import ai.facet.train.loop.TrainingState;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.report.CurvesPng;
import ai.facet.train.report.MetricsFiles;
import ai.facet.train.report.TensorBoardFile;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Keeps the files of the run folder up to date while the loop runs. */
final class RunFiles implements TrainingListener {
    private final RunFolder folder;
    private final CheckpointStore checkpoints;
    private final ParameterUpdate update;
    private final AtomicFiles files;
    private @Nullable TensorBoardFile tensorBoard;

    RunFiles(RunFolder folder, CheckpointStore checkpoints, ParameterUpdate update, AtomicFiles files) {
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.update = update;
        this.files = files;
    }

    @Override
    public void checkpoint(TrainingState state) throws IOException {
        checkpoints.writeLast(state, update.state());
    }

    /** The best checkpoint first: after a kill between the two, the epoch's end is simply done again. */
    @Override
    @SuppressWarnings("try") // the averages are only held, never asked
    public void epochEnded(TrainingState state, EpochMetrics metrics) throws IOException {
        if (metrics.equals(state.best())) {
            try (ParameterUpdate.Averaged shown = update.averaged(state.step())) {
                checkpoints.writeBest(state);
            }
        }
        checkpoints.writeLast(state, update.state());
        files.writeText(folder.file(MetricsFiles.JSON), MetricsFiles.json(state.history()));
        files.writeText(folder.file(MetricsFiles.CSV), MetricsFiles.csv(state.history()));
        files.write(folder.file(CurvesPng.FILE), CurvesPng.draw(state.history()));
        if (tensorBoard == null) {
            tensorBoard = TensorBoardFile.begin(folder.path(), state.history(), Clock.systemUTC());
        } else {
            tensorBoard.append(metrics);
        }
    }
}
