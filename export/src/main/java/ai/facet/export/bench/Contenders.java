package ai.facet.export.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.facet.blocks.ConvolutionCheck;
import ai.facet.blocks.NetworkWeights;
import ai.facet.bundle.ModelBundle;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.export.bundle.BundleExporter;
import ai.facet.export.bundle.BundleOptions;
import ai.facet.export.int8.Int8Settings;
import ai.facet.export.int8.RangeMethod;
import ai.facet.export.parity.BlockRoad;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All ways to run one network, from one export. */
final class Contenders implements AutoCloseable {
    private final NDManager weights = NDManager.newBaseManager("PyTorch");
    private final List<Contender> contenders = new ArrayList<>();

    private Contenders() {}

    /**
     * Exports the network and opens everything.
     *
     * @param python null leaves Python out
     * @param folder for the files of the measurement
     */
    static Contenders open(Workload work, @Nullable String python, Path folder) throws IOException {
        Contenders opened = new Contenders();
        try {
            ConvolutionCheck.require(opened.weights);
            opened.add(work, python, folder);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void add(Workload work, @Nullable String python, Path folder) throws IOException {
        Block network = work.network(weights);
        Path checkpoint = folder.resolve("weights.safetensors");
        Checkpoint.of(work.description(), null, NetworkWeights.copy(network, Checkpoint.WEIGHTS))
                .write(checkpoint, AtomicFiles.real());
        Path bundle = folder.resolve("bundle");
        // random weights may answer differently in int8: it is their speed that counts
        Int8Settings int8 = new Int8Settings(work.calibration(), RangeMethod.MIN_MAX, 8, null, 1);
        new BundleExporter(network, work.description(), new BundleOptions(false, false, int8))
                .write(bundle, List.of(), false);
        ImageBatch batch = work.batch();
        Path archive = bundle.resolve(ModelBundle.TORCHSCRIPT);
        contenders.add(new RoadContender("DJL Block", BlockRoad.ofAttributes(network), batch, Files.size(checkpoint)));
        contenders.add(
                new RoadContender("TorchScript in DJL", EngineRoad.torchScript(archive), batch, Files.size(archive)));
        contenders.add(new OnnxContender("ONNX Runtime fp32", bundle.resolve(ModelBundle.ONNX), batch, work.threads()));
        contenders.add(new OnnxContender("ONNX Runtime int8", bundle.resolve(ModelBundle.INT8), batch, work.threads()));
        if (python != null) {
            contenders.addAll(PythonContender.start(python, work, checkpoint, folder));
        }
    }

    List<Contender> all() {
        return contenders;
    }

    /** The largest difference of each one's logits from the DJL Block's, as a share of the largest logit or 1. */
    Map<String, Double> agreement() throws IOException {
        Map<String, float[]> expected = contenders.get(0).logits();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            Map<String, float[]> found = contender.logits();
            double share = 0;
            for (Map.Entry<String, float[]> output : expected.entrySet()) {
                float[] other = Objects.requireNonNull(found.get(output.getKey()), output.getKey());
                share = Math.max(share, difference(other, output.getValue()));
            }
            shares.put(contender.name(), share);
        }
        return shares;
    }

    private static double difference(float[] found, float[] expected) {
        double largest = 0;
        double magnitude = 1;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            magnitude = Math.max(magnitude, Math.abs((double) expected[i]));
        }
        return largest / magnitude;
    }

    @Override
    public void close() throws IOException {
        for (Contender contender : contenders) {
            contender.close();
        }
        weights.close();
    }
}
