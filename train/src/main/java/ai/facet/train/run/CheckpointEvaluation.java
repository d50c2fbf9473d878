package ai.facet.train.run;

import ai.djl.Device;
import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.calibration.NetworkCalibration;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.evaluation.TrainingDataWarning;
import ai.facet.files.AtomicFiles;
import ai.facet.metrics.EvaluationReport;
import ai.facet.prediction.Softmax;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.ComputeDevice;
import ai.facet.train.input.DecodedPictures;
import ai.facet.train.input.PictureCheck;
import ai.facet.train.input.PictureReader;
import ai.facet.train.loop.Measurement;
import ai.facet.train.loop.NetworkEvaluation.Answers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Measures a checkpoint on annotated pictures. Used by the thread that opened it. */
public final class CheckpointEvaluation implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger();
    private static final String FLATTERS =
            ", so the figures flatter it. Measure on other pictures, or with --split validation";
    private static final String TOO_SURE =
            " and is too sure of those. Leave their rows out, or give --split validation";

    private final Path file;
    private final RunNetwork network;
    private final Readers readers;

    private CheckpointEvaluation(Path file, RunNetwork network, Readers readers) {
        this.file = file;
        this.network = network;
        this.readers = readers;
    }

    /**
     * Loads a checkpoint.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
     */
    public static CheckpointEvaluation open(Path file, String device, int threads) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(file);
        Device chosen = ComputeDevice.choose(device, threads);
        try {
            return new CheckpointEvaluation(file, RunNetwork.of(checkpoint, chosen), new Readers(threads));
        } catch (IllegalArgumentException e) {
            throw UserException.failed(file + ": " + e.getMessage());
        }
    }

    public ModelDescription description() {
        return network.description();
    }

    public AttributeSchema schema() {
        return network.schema();
    }

    /**
     * Measures. Warns if the network was trained on some of all pictures.
     *
     * @param part {@code all} or a side of the split stored beside the checkpoint
     * @throws UserException (exit 1) naming pictures that cannot be read, unless they are to be skipped
     */
    public EvaluationReport run(AnnotationTable table, String part, boolean skipBadImages) throws IOException {
        Answers answers = answers(chosen(table, part, skipBadImages, seen -> {
            String warning = seen.isEmpty() ? TrainingDataWarning.of(description(), table) : seen + FLATTERS;
            if (!warning.isEmpty()) {
                LOG.warn(warning);
            }
        }));
        return Measurement.of(network.schema(), answers, network.description().calibration());
    }

    /**
     * Fits temperatures and thresholds and stores them.
     *
     * @param part as for {@link #run}
     * @param unsureRisk the largest share of wrong answers among those given; 0 never withholds one
     * @param output receives the calibrated checkpoint; may be the file itself
     * @throws UserException (exit 2) if the network was trained on some of the pictures
     */
    public NetworkCalibration calibrate(
            AnnotationTable table, String part, boolean skipBadImages, double unsureRisk, Path output)
            throws IOException {
        Answers answers = answers(chosen(table, part, skipBadImages, CheckpointEvaluation::refuse));
        NetworkCalibration calibration =
                NetworkCalibration.fit(network.schema(), answers.labels(), answers.logits(), unsureRisk);
        Checkpoint checkpoint = Checkpoint.read(file);
        checkpoint
                .withCalibration(calibration.calibrations())
                .withProvenance(withoutCalibrationError(checkpoint.description().provenance()))
                .write(output, AtomicFiles.real());
        return calibration;
    }

    /** The errors that were measured are those of the former temperatures. */
    private static Map<String, Object> withoutCalibrationError(Map<String, ?> provenance) {
        Map<String, Object> other = new LinkedHashMap<>(provenance);
        other.computeIfPresent(
                "validation",
                (key, measures) -> ((List<?>) measures)
                        .stream().map(CheckpointEvaluation::withoutOwnError).toList());
        return other;
    }

    private static Object withoutOwnError(Object measures) {
        Map<Object, Object> other = new LinkedHashMap<>((Map<?, ?>) measures);
        other.remove("calibrationError");
        return other;
    }

    /**
     * What the network says of some rows.
     *
     * @param probabilities by attribute, calibrated: {@code [images, classes]}
     */
    public record Judged(List<AnnotatedImage> images, List<float[]> probabilities) {}

    /**
     * The probabilities themselves.
     *
     * @param part as for {@link #run}
     * @throws UserException (exit 2) if the network was trained on some of the pictures
     */
    public Judged judge(AnnotationTable table, String part, boolean skipBadImages) throws IOException {
        List<AnnotatedImage> images = chosen(table, part, skipBadImages, CheckpointEvaluation::refuse);
        Answers answers = answers(images);
        List<float[]> probabilities = new ArrayList<>();
        for (int a = 0; a < schema().size(); a++) {
            int classes = schema().attributes().get(a).classCount();
            double temperature = network.description().calibration().get(a).temperature();
            probabilities.add(Softmax.rows(classes, answers.logits()[a], temperature));
        }
        return new Judged(images, probabilities);
    }

    private static void refuse(String seen) {
        if (!seen.isEmpty()) {
            throw UserException.badArguments(seen + TOO_SURE);
        }
    }

    /**
     * The rows of a part.
     *
     * @param trainedOn told what the network was trained on, if the part is all pictures; empty if nothing is known of it
     */
    private List<AnnotatedImage> chosen(
            AnnotationTable table, String part, boolean skipBadImages, Consumer<String> trainedOn) throws IOException {
        PictureReader reader = new PictureReader(network.preprocessing());
        PictureCheck.Result result = new PictureCheck(reader, network.frame().bytes(), null)
                .run(table.images(), readers.executor(), done -> {});
        result.refuseOrSkip(table.size(), skipBadImages);
        List<Integer> positions = List.copyOf(result.fingerprints().keySet());
        List<AnnotatedImage> good = positions.stream().map(table.images()::get).toList();
        List<ImageFingerprint> fingerprints = List.copyOf(result.fingerprints().values());
        if (part.equals(StoredSplit.ALL)) {
            trainedOn.accept(seen(fingerprints));
        }
        List<AnnotatedImage> chosen = new ArrayList<>();
        for (int i : StoredSplit.indices(file, part, table.withImages(good), fingerprints)) {
            chosen.add(good.get(i));
        }
        if (chosen.isEmpty()) {
            throw UserException.failed("no picture is left to measure on in part \"" + part + "\"");
        }
        return chosen;
    }

    private String seen(List<ImageFingerprint> fingerprints) throws IOException {
        int seen = StoredSplit.trainedOn(file, fingerprints).length;
        return seen == 0 ? "" : "the network was trained on " + seen + " of these " + fingerprints.size() + " pictures";
    }

    private Answers answers(List<AnnotatedImage> chosen) throws IOException {
        PictureReader reader = new PictureReader(network.preprocessing());
        List<Integer> unused = IntStream.range(0, chosen.size()).boxed().toList();
        DecodedPictures pictures = new DecodedPictures(chosen, unused, reader, null);
        return network.evaluation(readers.executor()).run(pictures, network.manager());
    }

    @Override
    public void close() {
        readers.close();
        network.close();
    }
}
