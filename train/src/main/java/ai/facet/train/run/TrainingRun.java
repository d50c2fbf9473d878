package ai.facet.train.run;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.annotations.AnnotationException;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.SplitSide;
import ai.facet.cli.Plural;
import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.preprocess.Preprocessing;
import ai.facet.train.config.AttributeWeighting;
import ai.facet.train.config.Devices;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.RunLimits;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.input.AnnotationFiles;
import ai.facet.train.input.AugmentationPlan;
import ai.facet.train.input.BalancedSampler;
import ai.facet.train.input.EpochSampler;
import ai.facet.train.input.Pictures;
import ai.facet.train.loop.AttributeLoss;
import ai.facet.train.loop.BatchPart;
import ai.facet.train.loop.ClassCounts;
import ai.facet.train.loop.DivergedException;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.Measurement;
import ai.facet.train.loop.NetworkEvaluation;
import ai.facet.train.loop.StopRequest;
import ai.facet.train.loop.TrainStep;
import ai.facet.train.loop.TrainingListener;
import ai.facet.train.loop.TrainingLoop;
import ai.facet.train.loop.TrainingLoop.End;
import ai.facet.train.loop.TrainingLoop.Setup;
import ai.facet.train.loop.TrainingLoop.Validation;
import ai.facet.train.loop.TrainingState;
import ai.facet.train.optimize.AdamW;
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.optimize.LearningRates;
import ai.facet.train.optimize.OptimizerState;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.optimize.ReduceOnPlateau;
import ai.facet.train.optimize.Sgd;
import ai.facet.train.optimize.TrainableParameter;
import ai.facet.train.optimize.UncertaintyWeights;
import ai.facet.train.optimize.UpdateRule;
import ai.facet.train.report.ConsoleProgress;
import ai.facet.train.sweep.SweepRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One training run from its data to its report, in its folder. Everything but reading pictures happens on the thread
 * that opens and uses it.
 */
public final class TrainingRun implements AutoCloseable {
    private static final String SCHEMA = "schema.json";
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final Logger LOG = LogManager.getLogger();
    private static final int SMALLEST_PART = 2;
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final RunConfig config;
    private final Devices devices;
    private final RunLimits limits;
    private final Resources resources;
    private final RunFolder folder;
    private final ExecutorService readers;
    private final RunData data;
    private final RunNetwork network;
    private final CheckpointStore checkpoints;
    private final OptimizerState optimizer;
    private TrainingState state;

    private TrainingRun(RunConfig config, RunLimits limits, Devices devices, RunFolder folder, AnnotationTable table)
            throws IOException {
        this.config = config;
        this.devices = devices;
        this.limits = limits;
        this.folder = folder;
        this.resources = new Resources();
        resources.add(folder);
        try {
            Preprocessing preprocessing = Preprocessing.square(config.training().sizePx());
            requireShares(config.training(), table.size(), devices); // before all pictures are read
            this.readers = resources.add(new Readers(config.threads())).executor();
            this.data = resources.add(RunData.load(table, config, preprocessing, folder.path(), readers));
            requireShares(config.training(), data.pictures(SplitSide.TRAIN).size(), devices);
            this.network =
                    resources.add(RunNetwork.create(config.training(), table.schema(), preprocessing, devices.first()));
            this.checkpoints = new CheckpointStore(
                    folder, AtomicFiles.real(), config, network, Environment.current(devices), data.provenance());
            this.optimizer = new OptimizerState(network.manager());
            this.state = new TrainingState();
        } catch (IOException | RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** Batch normalisation cannot do with one picture. */
    private static void requireShares(TrainingConfig training, int pictures, Devices devices) {
        int batch = Math.min(training.batchSize(), pictures);
        int smallest = BatchPart.smallest(batch, devices.count(), training.microBatch());
        if (devices.several() && smallest < SMALLEST_PART) {
            throw UserException.badArguments("--device names " + devices.count() + " devices, and a step of "
                    + Plural.of(batch, "picture") + " in parts of at most "
                    + BatchPart.largest(batch, devices.count(), training.microBatch()) + " leaves one of them "
                    + smallest + "; expected at least " + SMALLEST_PART
                    + ". Name fewer devices, or give a larger --batch-size or --micro-batch");
        }
    }

    /**
     * A new run in a new folder. If its data turn out to be unusable, the folder is removed again.
     *
     * @param initFrom the checkpoint that the configuration's start names, or null
     */
    public static TrainingRun start(
            RunConfig config, AnnotationTable table, Path output, RunLimits limits, @Nullable Path initFrom)
            throws IOException {
        Devices devices = Devices.choose(config.device(), config.threads());
        RunFolder folder = RunFolder.create(output);
        try {
            AtomicFiles.real().writeText(folder.file(SCHEMA), table.schema().toFileText());
            AtomicFiles.real().writeText(folder.file(RunConfig.FILE), config.toText());
            TrainingRun run = new TrainingRun(config, limits, devices, folder, table);
            if (initFrom != null) {
                System.err.println(InitialWeights.take(initFrom, run.network));
                run.checkpoints.writeLast(run.state, run.optimizer); // resuming needs the other checkpoint no more
            }
            AtomicFiles.real()
                    .writeText(
                            folder.file(RunSummary.FILE),
                            RunSummary.of(config.training(), run.network, devices)
                                    .toJson());
            return run;
        } catch (IOException | RuntimeException e) {
            folder.discard();
            throw e;
        }
    }

    /** An earlier run, at its newest readable checkpoint, on the rows that its configuration names. */
    public static TrainingRun resume(RunConfig config, Path path, boolean allowDifferent, RunLimits limits)
            throws IOException {
        Devices devices = Devices.choose(config.device(), config.threads());
        RunFolder folder = RunFolder.open(path);
        AnnotationTable table;
        try {
            table = AnnotationFiles.read(config.data(), AnnotationArguments.readSchema(folder.file(SCHEMA)));
        } catch (AnnotationException e) {
            folder.close();
            throw e.withAdvice(
                    "The run in " + path + " began with other rows. Restore them, or train on these in a new run"
                            + " with --init-from " + RunFolder.best(path));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
        return resume(config, table, devices, folder, allowDifferent, limits);
    }

    /** An earlier run on rows that were chosen in memory, as {@link #start} was given them. */
    public static TrainingRun resume(
            RunConfig config, AnnotationTable table, Path path, boolean allowDifferent, RunLimits limits)
            throws IOException {
        Devices devices = Devices.choose(config.device(), config.threads());
        return resume(config, table, devices, RunFolder.open(path), allowDifferent, limits);
    }

    private static TrainingRun resume(
            RunConfig config,
            AnnotationTable table,
            Devices devices,
            RunFolder folder,
            boolean allowDifferent,
            RunLimits limits)
            throws IOException {
        TrainingRun run = new TrainingRun(config, limits, devices, folder, table);
        try {
            run.state = run.checkpoints.restoreNewest(run.optimizer, allowDifferent);
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /** As {@link #train(String)}, where {@code facet train --resume} goes on. */
    public String train() throws IOException {
        return train("facet train --resume " + folder.path());
    }

    /**
     * Trains to the end, or until a limit or a request to stop, and writes the report.
     *
     * @param goOn the command that goes on if it is stopped
     * @return the table of results; empty if the run stopped early
     */
    public String train(String goOn) throws IOException {
        StopRequest stop = new StopRequest();
        StopOnSignal signal = StopOnSignal.install(stop);
        try {
            announce();
            return finish(loop(stop), goOn);
        } finally {
            signal.close();
        }
    }

    private void announce() {
        System.err.printf(
                Locale.ROOT,
                "facet: %s at %2$dx%2$d px on %3$s; %4$s; %5$s of %6$s; %7$s%8$s%n",
                config.training().network().name(),
                config.training().sizePx(),
                devices.describe(),
                data.split().summary(),
                Plural.of(config.training().epochs(), "epoch"),
                Plural.of(stepsPerEpoch(), "step"),
                folder.path(),
                whereItStands());
        RunSummary summary = RunSummary.of(config.training(), network, devices);
        System.err.print(summary.toText());
        String warning = summary.warning();
        if (warning != null) {
            LOG.warn(warning);
        }
    }

    private String whereItStands() {
        long total = (long) config.training().epochs() * stepsPerEpoch();
        if (state.step() == 0) {
            return "";
        }
        return state.step() >= total
                ? "; finished already, so only its report is made again"
                : "; going on after step " + state.step() + " of " + total;
    }

    private End loop(StopRequest stop) throws IOException {
        TrainingConfig training = config.training();
        long totalSteps = (long) training.epochs() * stepsPerEpoch();
        try (DeviceReplicas replicas = replicas();
                Progress progress = Progress.goOn("training", "steps", state.step(), totalSteps)) {
            ParameterUpdate update = update(replicas);
            TrainingListener files = new RunFiles(folder, checkpoints, update, AtomicFiles.real());
            return new TrainingLoop(
                            setup(),
                            step(replicas, update, rates(totalSteps)),
                            validation(update),
                            TrainingListener.both(files, new ConsoleProgress(progress, training.epochs())),
                            stop)
                    .run(state, network.manager());
        }
    }

    /**
     * Trains with the rates of a sweep instead of the schedule's, without validation, until the recorder has enough. Stores
     * nothing, but changes the weights in memory: the run is of no other use afterwards.
     */
    void sweep(SweepRecorder recorder, TrainingListener progress) throws IOException {
        int epochs = (int) (recorder.sweep().steps() / stepsPerEpoch()) + 1;
        Setup setup = setup(epochs, FOR_EVER, 0);
        try (DeviceReplicas replicas = replicas()) {
            new TrainingLoop(
                            setup,
                            step(replicas, update(replicas), recorder.sweep()),
                            SweepRecorder::noValidation,
                            TrainingListener.both(recorder, progress),
                            recorder.stop())
                    .run(state, network.manager());
        } catch (DivergedException e) {
            recorder.diverged();
        }
    }

    private Setup setup() {
        return setup(
                config.training().epochs(),
                Duration.ofMillis(Math.round(config.checkpointMinutes() * MILLIS_PER_MINUTE)),
                config.training().patience());
    }

    private Setup setup(int epochs, Duration checkpointEvery, int patience) {
        TrainingConfig training = config.training();
        return new Setup(
                data.pictures(SplitSide.TRAIN),
                sampler(),
                network.frame(),
                training.batchSize(),
                epochs,
                training.seed(),
                augmentations(),
                readers,
                checkpointEvery,
                patience,
                limits.maxTime());
    }

    private EpochSampler sampler() {
        List<String> balancedBy = config.training().balancedBy();
        return balancedBy.isEmpty()
                ? EpochSampler.EVERY_PICTURE_ONCE
                : BalancedSampler.of(network.schema(), data.pictures(SplitSide.TRAIN), balancedBy);
    }

    private LearningRates rates(long totalSteps) {
        OptimizerConfig settings = config.training().optimizer();
        LearningRateSchedule schedule = new LearningRateSchedule(
                settings.schedule(),
                settings.learningRate(),
                totalSteps,
                stepsPerEpoch(),
                settings.timing().halvingEpochs());
        return settings.schedule() == LearningRateSchedule.Kind.PLATEAU
                ? new ReduceOnPlateau(
                        schedule,
                        settings.timing().plateauFactor(),
                        settings.timing().plateauPatience(),
                        state::scores)
                : schedule;
    }

    /** Copies the weights as they are now, so not before they are restored. */
    private DeviceReplicas replicas() {
        return DeviceReplicas.of(network, devices, config.training().start());
    }

    private TrainStep step(DeviceReplicas replicas, ParameterUpdate update, LearningRates rates) {
        TrainingConfig training = config.training();
        ClassCounts counts = ClassCounts.of(network.schema(), data.pictures(SplitSide.TRAIN), sampler());
        return new TrainStep(
                        replicas.replicas(on -> AttributeLoss.of(on.schema(), training.loss(), counts, on.manager())),
                        update,
                        rates,
                        network.frame(),
                        training.microBatch(),
                        training.seed())
                .weighing(learnedWeights());
    }

    /** Null if the attributes' weights are fixed. */
    private @Nullable UncertaintyWeights learnedWeights() {
        return config.training().loss().attributeWeighting() == AttributeWeighting.UNCERTAINTY
                ? new UncertaintyWeights(network.schema().size(), optimizer, network.manager())
                : null;
    }

    private ParameterUpdate update(DeviceReplicas replicas) {
        OptimizerConfig settings = config.training().optimizer();
        UpdateRule rule = switch (settings.kind()) {
            case SGD -> new Sgd(settings.momentum(), settings.weightDecay(), optimizer);
            case ADAMW -> new AdamW(settings.weightDecay(), optimizer);
        };
        List<TrainableParameter> moving =
                TrainableParameter.statistics(network.block(), config.training().start()::isFrozen);
        return new ParameterUpdate(TrainableParameter.of(network.block()), rule, settings.clipNorm(), network.manager())
                .averaging(settings.emaDecay(), moving, network.manager())
                .mirrored(replicas.mirrors(), moving, network.manager());
    }

    /** Of the averages, if there are any: they are what is kept. */
    @SuppressWarnings("try") // the averages are only held, never asked
    private Validation validation(ParameterUpdate update) {
        Pictures pictures = data.pictures(SplitSide.VALIDATION);
        NetworkEvaluation evaluation = evaluation();
        return trained -> {
            try (ParameterUpdate.Averaged shown = update.averaged(trained.step())) {
                return Measurement.epoch(
                        trained, Measurement.of(network.schema(), evaluation.run(pictures, network.manager())));
            }
        };
    }

    private NetworkEvaluation evaluation() {
        TrainingConfig training = config.training();
        return network.evaluation(
                readers, BatchPart.largest(training.batchSize(), devices.count(), training.microBatch()));
    }

    private long stepsPerEpoch() {
        int pictures = data.split().indices(SplitSide.TRAIN).length;
        return Math.max(1, pictures / config.training().batchSize())
                * (long) augmentations().kinds().size();
    }

    private AugmentationPlan augmentations() {
        int sizePx = config.training().sizePx();
        return AugmentationPlan.of(
                config.training().augmentation(), Preprocessing.square(sizePx).padRgb());
    }

    private String finish(End end, String goOn) throws IOException {
        EpochMetrics best = state.best();
        if (end != End.FINISHED && end != End.NO_PROGRESS) {
            System.err.printf(
                    Locale.ROOT,
                    "facet: stopped after step %d of %d%s. Go on with: %s%n",
                    state.step(),
                    config.training().epochs() * stepsPerEpoch(),
                    end == End.OUT_OF_TIME ? ", because --max-time is up" : "",
                    goOn);
        }
        if (end == End.STOPPED || best == null) {
            return "";
        }
        return new FinalReport(config, folder, data, network, devices, evaluation(), learnedWeights())
                .write(state, best, end);
    }

    @Override
    public void close() throws IOException {
        resources.close();
    }
}
