package ai.facet.serve.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Looks into an ONNX file (onnx.proto, a protocol buffer) before ONNX Runtime sees it: finds Facet's documents in
 * {@code metadata_props} and refuses weights that lie in other files. Nothing is trusted: every length is checked.
 */
final class OnnxFile {
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_METADATA = 14;
    private static final int MODEL_FUNCTION = 25;
    private static final int FUNCTION_NODE = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_SPARSE_INITIALIZER = 15;
    private static final int NODE_ATTRIBUTE = 5;
    private static final Set<Integer> ATTRIBUTE_TENSORS = Set.of(5, 10);
    private static final Set<Integer> ATTRIBUTE_GRAPHS = Set.of(6, 11);
    private static final Set<Integer> ATTRIBUTE_SPARSE_TENSORS = Set.of(22, 23);
    private static final Set<Integer> SPARSE_PARTS = Set.of(1, 2);
    private static final int MAX_NESTED_GRAPHS = 32;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_DATA_LOCATION = 14;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private final Path file;
    private final Map<String, String> metadata = new HashMap<>();

    private OnnxFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file's structure.
     *
     * @return the texts in its metadata, by key
     * @throws IOException naming the file if it is cut, no ONNX file, or needs other files
     */
    static Map<String, String> readMetadata(Path file) throws IOException {
        OnnxFile onnx = new OnnxFile(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0 || channel.size() > Integer.MAX_VALUE) {
                throw new IOException(file + " has " + channel.size() + " bytes; expected an ONNX model below 2 GB");
            }
            onnx.model(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
        return onnx.metadata;
    }

    /** Called for each length-delimited field. */
    @FunctionalInterface
    private interface Fields {
        void field(int number, ByteBuffer content) throws IOException;
    }

    private void model(ByteBuffer model) throws IOException {
        int[] graphs = {0};
        each(model, (number, content) -> {
            if (number == MODEL_GRAPH) {
                graphs[0]++;
                graph(content, 0);
            } else if (number == MODEL_FUNCTION) {
                each(content, (inner, node) -> {
                    if (inner == FUNCTION_NODE) {
                        node(node, 0);
                    }
                });
            } else if (number == MODEL_METADATA) {
                entry(content);
            }
        });
        if (graphs[0] != 1) {
            throw new IOException(file + " holds " + graphs[0] + " graphs; expected an ONNX model with one");
        }
    }

    private void graph(ByteBuffer graph, int depth) throws IOException {
        if (depth > MAX_NESTED_GRAPHS) {
            throw new IOException(file + " nests graphs more than " + MAX_NESTED_GRAPHS + " deep. Export it again");
        }
        each(graph, (number, content) -> {
            if (number == GRAPH_NODE) {
                node(content, depth);
            } else if (number == GRAPH_INITIALIZER) {
                tensor(content);
            } else if (number == GRAPH_SPARSE_INITIALIZER) {
                sparseTensor(content);
            }
        });
    }

    /** Constants and branches lie in a node's attributes. */
    private void node(ByteBuffer node, int depth) throws IOException {
        each(node, (number, attribute) -> {
            if (number == NODE_ATTRIBUTE) {
                each(attribute, (inner, value) -> {
                    if (ATTRIBUTE_TENSORS.contains(inner)) {
                        tensor(value);
                    } else if (ATTRIBUTE_GRAPHS.contains(inner)) {
                        graph(value, depth + 1);
                    } else if (ATTRIBUTE_SPARSE_TENSORS.contains(inner)) {
                        sparseTensor(value);
                    }
                });
            }
        });
    }

    private void sparseTensor(ByteBuffer sparse) throws IOException {
        each(sparse, (number, content) -> {
            if (SPARSE_PARTS.contains(number)) {
                tensor(content);
            }
        });
    }

    private void tensor(ByteBuffer tensor) throws IOException {
        each(tensor, (number, ignored) -> {
            if (number == TENSOR_EXTERNAL_DATA || number == TENSOR_DATA_LOCATION) {
                throw new IOException(
                        file + " keeps weights in other files; expected one file with everything. Export it again");
            }
        });
    }

    private void entry(ByteBuffer entry) throws IOException {
        String[] pair = new String[2];
        each(entry, (number, content) -> {
            if (number == ENTRY_KEY || number == ENTRY_VALUE) {
                pair[number - 1] = StandardCharsets.UTF_8.decode(content).toString();
            }
        });
        if (pair[0] != null && pair[1] != null) {
            metadata.put(pair[0], pair[1]);
        }
    }

    /** Walks over a message; numbers are skipped, but a number in {@code data_location} counts as a field too. */
    private void each(ByteBuffer message, Fields fields) throws IOException {
        ByteBuffer in = message.duplicate();
        while (in.hasRemaining()) {
            long tag = varint(in);
            // ONNX Runtime's reader drops what is above 32 bits, and would see another field than this one
            if (tag >>> Integer.SIZE != 0) {
                throw damaged();
            }
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> {
                    if (varint(in) != 0 && number == TENSOR_DATA_LOCATION) {
                        fields.field(number, ByteBuffer.allocate(0));
                    }
                }
                case 1 -> skip(in, Long.BYTES);
                case 2 -> fields.field(number, slice(in, varint(in)));
                case 5 -> skip(in, Integer.BYTES);
                default -> throw damaged();
            }
        }
    }

    private long varint(ByteBuffer in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!in.hasRemaining()) {
                throw damaged();
            }
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private ByteBuffer slice(ByteBuffer in, long length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw damaged();
        }
        ByteBuffer slice = in.slice().limit((int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    private void skip(ByteBuffer in, int bytes) throws IOException {
        slice(in, bytes);
    }

    private IOException damaged() {
        return new IOException(file + " is damaged or cut: it does not read as an ONNX model. Copy or export it again");
    }
}
