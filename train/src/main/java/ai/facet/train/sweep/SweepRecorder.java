package ai.facet.train.sweep;

import ai.djl.ndarray.NDArray;
import ai.facet.blocks.HostFloats;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.StopRequest;
import ai.facet.train.loop.TrainingListener;
import ai.facet.train.loop.TrainingLoop.Trained;
import ai.facet.train.loop.TrainingState;
import java.util.List;

/** Writes down each step's loss and stops the loop when the sweep is over. Engine thread only. */
public final class SweepRecorder implements TrainingListener {
    private final SweepCurve curve;
    private final StopRequest stop = new StopRequest();
    private double before; // the epoch's sum before this step

    public SweepRecorder(SweepCurve curve) {
        this.curve = curve;
    }

    @Override
    public void stepped(TrainingState state, NDArray lossSum) {
        double sum = HostFloats.scalar(lossSum);
        double loss = state.batch() == 1 ? sum : sum - before;
        before = sum;
        if (!curve.add(loss)) {
            stop.request();
        }
    }

    /** A sweep only looks at the losses that it trains on. */
    public static EpochMetrics noValidation(Trained t) {
        return new EpochMetrics(
                t.epoch(), t.step(), t.learningRate(), t.loss(), 0, t.seconds(), t.imagesPerSecond(), List.of());
    }

    /** Said by the loop's owner. */
    public void diverged() {
        curve.setDiverged();
    }

    public RateSweep sweep() {
        return curve.sweep();
    }

    public StopRequest stop() {
        return stop;
    }
}
