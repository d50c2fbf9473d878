package ai.facet.export.torchscript;

import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes one graph as a TorchScript module that returns {@code Dict[str, Tensor]}. The same graph gives the same bytes.
 * Loads in libtorch 2.x from DJL, C++ and Python.
 */
public final class TorchScriptWriter {
    /** The archive format of {@code torch.jit.save} since 1.6. */
    private static final String ARCHIVE_VERSION = "3\n";

    /** Protocol 2, an empty tuple, stop. */
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    private TorchScriptWriter() {}

    /**
     * The archive's bytes.
     *
     * @param extraFiles texts readable as {@code _extra_files} in Python, for example the model description
     */
    public static byte[] write(Graph graph, Map<String, String> extraFiles) {
        TorchCode code = new TorchCode(graph);
        List<Tensor> weights = code.weights();
        StoredZip zip = new StoredZip("model/");
        zip.add("data.pkl", TorchPickle.module(code.attributeNames(), weights));
        zip.add("code/__torch__.py", text(code.source()));
        for (int i = 0; i < weights.size(); i++) {
            zip.add("data/" + i, littleEndian(weights.get(i).values()));
        }
        zip.add("constants.pkl", NO_CONSTANTS);
        zip.add("byteorder", text("little"));
        extraFiles.forEach((name, content) -> zip.add("extra/" + name, text(content)));
        zip.add("version", text(ARCHIVE_VERSION));
        return zip.finish();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
