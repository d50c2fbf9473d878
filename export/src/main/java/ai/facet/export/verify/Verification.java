package ai.facet.export.verify;

import ai.djl.ndarray.types.DataType;
import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.export.parity.CheckInputs;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.LogitDifference;
import ai.facet.files.ScratchFolder;
import ai.facet.prediction.Int8Check;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs every artifact of a bundle on the same images, each in a process of its own, and compares the logits. */
public final class Verification {
    private final ModelBundle bundle;
    private final List<Artifact> artifacts;
    private final RoadRunner runner;

    Verification(ModelBundle bundle, List<Artifact> artifacts, RoadRunner runner) {
        this.bundle = bundle;
        this.artifacts = List.copyOf(artifacts);
        this.runner = runner;
    }

    /**
     * A verification to run.
     *
     * @param checkpoint the reference, or null: then {@code model.onnx} is it
     * @param limit for each artifact's process
     * @param rounds of the latency
     * @throws UserException (exit 2) if there is nothing to compare
     */
    public static Verification of(ModelBundle bundle, @Nullable Path checkpoint, Duration limit, int rounds) {
        List<Artifact> artifacts = Artifact.referenceFirst(bundle, checkpoint);
        if (artifacts.size() < 2) {
            throw UserException.badArguments(
                    bundle.folder() + " holds only " + artifacts.get(0).name()
                            + ", so there is nothing to compare it with. Give the network it came from with --checkpoint");
        }
        return new Verification(bundle, artifacts, new RoadRunner(RoadMain.class.getName(), limit, rounds));
    }

    /**
     * Runs everything.
     *
     * @param seed of the noise
     * @param realImages pixels in the network's input size; may be empty
     * @throws IOException in one line if an artifact does not load or run
     */
    public VerifyReport run(long seed, List<byte[]> realImages) throws IOException {
        List<Long> imageShape = List.of(
                (long) bundle.description().preprocessing().heightPx(),
                (long) bundle.description().preprocessing().widthPx(),
                3L);
        CheckInputs inputs = CheckInputs.of(seed, imageShape, realImages);
        Int8Check check = bundle.int8().isPresent() ? bundle.int8Check() : null;
        List<ImageBatch> batches = new ArrayList<>(inputs.batches());
        if (check != null) {
            batches.addAll(drawn(check));
        }
        Map<Artifact, RoadResults> results = runAll(batches);
        List<VerifyReport.Judged> judged = new ArrayList<>();
        Artifact reference = artifacts.get(0);
        for (Artifact artifact : artifacts) {
            List<Agreement> agreements = new ArrayList<>();
            if (!artifact.equals(reference)) {
                List<Attribute> attributes = bundle.description().schema().attributes();
                for (int a = 0; a < attributes.size(); a++) {
                    Agreement agreement = agreement(attributes.get(a), artifact, reference, results, inputs);
                    agreements.add(
                            check != null && artifact.measure() == Measure.INT8
                                    ? stored(
                                            agreement,
                                            a,
                                            artifact,
                                            results,
                                            check,
                                            inputs.batches().size())
                                    : agreement);
                }
            }
            judged.add(new VerifyReport.Judged(
                    artifact, Files.size(artifact.file()), of(results, artifact).medianMillis(), agreements));
        }
        return new VerifyReport(
                bundle.folder(), seed, inputs.noiseImages(), realImages.size(), runner.rounds(), judged);
    }

    /** The pictures of an int8 model's own check, each alone, as at the start of a server. */
    private List<ImageBatch> drawn(Int8Check check) {
        int widthPx = bundle.description().preprocessing().widthPx();
        int heightPx = bundle.description().preprocessing().heightPx();
        return check.seeds().stream()
                .map(seed -> new ImageBatch(
                        Int8Check.pixels(seed, widthPx, heightPx),
                        DataType.UINT8,
                        List.of(1L, (long) heightPx, (long) widthPx, 3L)))
                .toList();
    }

    /**
     * With the classes of the drawn pictures.
     *
     * @param first place of the first of them among the batches
     */
    private Agreement stored(
            Agreement agreement,
            int index,
            Artifact artifact,
            Map<Artifact, RoadResults> results,
            Int8Check check,
            int first)
            throws IOException {
        Attribute attribute = bundle.description().schema().attributes().get(index);
        Agreement with = agreement;
        for (int i = 0; i < check.seeds().size(); i++) {
            float[] logits = logits(attribute, artifact, of(results, artifact), first + i, 1);
            int found = Agreement.largest(logits, 0, attribute.classCount());
            with = with.withStored(check.isStored(i, index, found));
        }
        return with;
    }

    private Map<Artifact, RoadResults> runAll(List<ImageBatch> batches) throws IOException {
        try (ScratchFolder folder = ScratchFolder.create("facet-verify")) {
            Path file = folder.path().resolve("inputs");
            InputsFile.write(file, batches);
            Map<Artifact, RoadResults> results = new LinkedHashMap<>();
            for (Artifact artifact : artifacts) {
                results.put(artifact, runner.run(artifact, file, folder.path()));
            }
            return results;
        }
    }

    private static RoadResults of(Map<Artifact, RoadResults> results, Artifact artifact) {
        RoadResults found = results.get(artifact);
        if (found == null) {
            throw new IllegalStateException(artifact + " was not run");
        }
        return found;
    }

    private static Agreement agreement(
            Attribute attribute,
            Artifact artifact,
            Artifact reference,
            Map<Artifact, RoadResults> results,
            CheckInputs inputs)
            throws IOException {
        Agreement sum = null;
        for (int i = 0; i < inputs.batches().size(); i++) {
            int images = Math.toIntExact(inputs.batches().get(i).shape().get(0));
            float[] a = logits(attribute, artifact, of(results, artifact), i, images);
            float[] b = logits(attribute, reference, of(results, reference), i, images);
            LogitDifference difference =
                    LogitDifference.of(attribute.logitsName(), artifact.name(), a, reference.name(), b);
            Agreement batch = Agreement.of(attribute.id(), difference, a, b, attribute.classCount());
            sum = sum == null ? batch : sum.plus(batch);
        }
        if (sum == null) {
            throw new IllegalStateException("no inputs");
        }
        return sum;
    }

    private static float[] logits(Attribute attribute, Artifact artifact, RoadResults results, int batch, int images)
            throws IOException {
        float[] values =
                batch < results.outputs().size() ? results.outputs().get(batch).get(attribute.logitsName()) : null;
        int expected = images * attribute.classCount();
        if (values == null || values.length != expected) {
            throw new IOException(artifact.file() + " gives " + (values == null ? "no" : String.valueOf(values.length))
                    + " values of " + attribute.logitsName() + " for a batch of " + images + "; expected " + expected);
        }
        return values;
    }
}
