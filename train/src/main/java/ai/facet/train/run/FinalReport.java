package ai.facet.train.run;

import ai.facet.annotations.SplitSide;
import ai.facet.calibration.NetworkCalibration;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.cli.DurationText;
import ai.facet.cli.Plural;
import ai.facet.files.AtomicFiles;
import ai.facet.metrics.EvaluationReport;
import ai.facet.metrics.HtmlEscape;
import ai.facet.train.config.Devices;
import ai.facet.train.config.LossConfig;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.StartConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.input.Pictures;
import ai.facet.train.loop.ClassWeighting;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.Measurement;
import ai.facet.train.loop.NetworkEvaluation;
import ai.facet.train.loop.NetworkEvaluation.Answers;
import ai.facet.train.loop.TrainingLoop.End;
import ai.facet.train.loop.TrainingState;
import ai.facet.train.optimize.UncertaintyWeights;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.report.HtmlReport.Section;
import ai.facet.train.report.ReliabilityCharts;
import ai.facet.train.report.SamplePictures;
import ai.facet.train.sweep.SweepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calibrates and measures the best checkpoint and writes the page for people. */
final class FinalReport {
    private static final int HASH_SHOWN = 16;

    private final RunConfig config;
    private final RunFolder folder;
    private final RunData data;
    private final RunNetwork network;
    private final Devices devices;
    private final NetworkEvaluation evaluation;
    private final @Nullable UncertaintyWeights learnedWeights;

    FinalReport(
            RunConfig config,
            RunFolder folder,
            RunData data,
            RunNetwork network,
            Devices devices,
            NetworkEvaluation evaluation,
            @Nullable UncertaintyWeights learnedWeights) {
        this.config = config;
        this.folder = folder;
        this.data = data;
        this.network = network;
        this.devices = devices;
        this.evaluation = evaluation;
        this.learnedWeights = learnedWeights;
    }

    /**
     * Writes {@code report.html}; the network holds the best epoch's weights afterwards.
     *
     * @return the table of results for the terminal
     */
    String write(TrainingState state, EpochMetrics best, End end) throws IOException {
        Checkpoint checkpoint = CheckpointStore.readBest(folder);
        network.load(checkpoint);
        Pictures validation = data.pictures(SplitSide.VALIDATION);
        Answers answers = evaluation.run(validation, network.manager());
        NetworkCalibration calibration =
                NetworkCalibration.fit(network.schema(), answers.labels(), answers.logits(), config.unsureRisk());
        EvaluationReport report = Measurement.of(network.schema(), answers, calibration.calibrations());
        store(checkpoint, calibration, report);
        List<Section> sections = new ArrayList<>(List.of(HtmlReport.curves(state.history())));
        sections.add(new Section("Validation, epoch " + best.epoch(), report.toHtml()));
        sections.add(new Section("Calibration", ReliabilityCharts.html(calibration)));
        String lead = lead(state, best, end);
        StringBuilder text = new StringBuilder(lead + "\n\nValidation, " + Plural.of(validation.size(), "picture")
                        + ", epoch " + best.epoch() + "\n")
                .append(report.toText())
                .append("\nCalibration on the same pictures\n")
                .append(calibration.toText());
        Pictures test = data.pictures(SplitSide.TEST);
        if (test.size() > 0) {
            EvaluationReport tested = Measurement.of(
                    network.schema(), evaluation.run(test, network.manager()), calibration.calibrations());
            sections.add(new Section("Test", tested.toHtml()));
            text.append("\nTest, ")
                    .append(Plural.of(test.size(), "picture"))
                    .append("\n")
                    .append(tested.toText());
        }
        if (learnedWeights != null) {
            text.append("\nLearned weights of attributes at the end: ")
                    .append(weights(learnedWeights.factors()))
                    .append('\n');
        }
        if (config.samples()) {
            String samples = new SamplePictures(network.schema(), network.frame()).html(validation, answers);
            sections.add(new Section("Sample pictures from validation, as the network sees them", samples));
        }
        RunSummary summary = RunSummary.of(config.training(), network, devices);
        sections.add(
                new Section("Network", "<pre>" + HtmlEscape.text(summary.table().toString()) + "</pre>"));
        String page = HtmlReport.page(
                config.training().network().name() + ": "
                        + folder.path().toAbsolutePath().normalize().getFileName(),
                lead,
                facts(state),
                sections);
        AtomicFiles.real().writeText(folder.file(HtmlReport.FILE), page);
        return text + "\ncheckpoint  " + folder.file(CheckpointStore.BEST) + "\nreport      "
                + folder.file(HtmlReport.FILE) + "\n";
    }

    private void store(Checkpoint checkpoint, NetworkCalibration calibration, EvaluationReport report)
            throws IOException {
        Map<String, Object> provenance =
                new LinkedHashMap<>(checkpoint.description().provenance());
        provenance.put("validation", Measurement.provenance(report));
        checkpoint
                .withCalibration(calibration.calibrations())
                .withProvenance(provenance)
                .write(folder.file(CheckpointStore.BEST), AtomicFiles.real());
    }

    private String lead(TrainingState state, EpochMetrics best, End end) {
        String why = switch (end) {
            case NO_PROGRESS ->
                "; ended before epoch " + config.training().epochs() + ", because nothing improved for "
                        + Plural.of(config.training().patience(), "epoch");
            case OUT_OF_TIME ->
                "; the time was up before epoch " + config.training().epochs();
            case FINISHED, STOPPED -> "";
        };
        return String.format(
                Locale.ROOT,
                "Epoch %d of %d is the best, with a mean balanced accuracy of %.3f%s.",
                best.epoch(),
                state.epoch(),
                best.score(),
                why);
    }

    private Map<String, String> facts(TrainingState state) {
        TrainingConfig training = config.training();
        double seconds =
                state.history().stream().mapToDouble(EpochMetrics::seconds).sum();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Pictures", data.split().summary());
        facts.put("Input", training.sizePx() + " x " + training.sizePx() + " px");
        facts.put("Parameters", String.format(Locale.ROOT, "%,d", network.parameterCount()));
        facts.put(
                "Epochs, batch",
                state.epoch() + ", " + batch(training)
                        + (devices.several() ? " over " + devices.count() + " devices" : ""));
        facts.put(
                "Update",
                training.optimizer().kind().id() + ", rate "
                        + SweepResult.text(training.optimizer().learningRate()) + ", "
                        + training.optimizer().schedule().id());
        facts.put(
                "Regularisation",
                "decay " + training.optimizer().weightDecay() + ", smoothing "
                        + training.loss().labelSmoothing()
                        + imbalance(training)
                        + averaged(training));
        facts.put("Augmentation", training.augmentation().summary());
        StartConfig start = training.start();
        if (start.fromCheckpoint()) {
            facts.put(
                    "First weights",
                    "of a checkpoint with SHA-256 " + start.checkpointSha256().substring(0, HASH_SHOWN));
        }
        if (!start.frozen().isEmpty()) {
            facts.put("Frozen", String.join(", ", start.frozen()));
        }
        if (learnedWeights != null) {
            facts.put("Learned weights at the end", weights(learnedWeights.factors()));
        }
        facts.put("Seed", Long.toString(training.seed()));
        facts.put("Device", devices.describe());
        facts.put("Memory", RunSummary.of(config.training(), network, devices).memoryAfterwards());
        facts.put("Training time", DurationText.of(seconds));
        facts.put("Data hash", data.table().hash().substring(0, HASH_SHOWN));
        return facts;
    }

    private String weights(List<Double> factors) {
        List<String> texts = new ArrayList<>();
        for (int a = 0; a < factors.size(); a++) {
            texts.add(String.format(
                    Locale.ROOT, "%s %.2f", network.schema().attributes().get(a).id(), factors.get(a)));
        }
        return String.join(", ", texts);
    }

    private static String batch(TrainingConfig training) {
        return training.batchSize()
                + (training.microBatch() == training.batchSize() ? "" : ", " + training.microBatch() + " at a time");
    }

    private static String averaged(TrainingConfig training) {
        double decay = training.optimizer().emaDecay();
        return decay > 0 ? ", averaged weights " + decay : "";
    }

    private static String imbalance(TrainingConfig training) {
        LossConfig loss = training.loss();
        return (training.balancedBy().isEmpty() ? "" : ", balanced by " + String.join(", ", training.balancedBy()))
                + (loss.classWeights() == ClassWeighting.NONE
                        ? ""
                        : ", " + loss.classWeights().id() + " class weights")
                + (loss.focalGamma() > 0 ? ", focal " + loss.focalGamma() : "")
                + (loss.logitAdjustment() > 0 ? ", logit adjustment " + loss.logitAdjustment() : "")
                + (loss.attributeWeights().isEmpty() ? "" : ", attributes " + loss.attributeWeights());
    }
}
