package ai.facet.serve.inference;

import java.io.ByteArrayOutputStream;

/** Writes the few protocol-buffer bytes that a test needs, with lengths below 128. */
final class OnnxBytes {
    static final int INITIALIZER = 5;
    private static final int GRAPH = 7;
    private static final int LENGTH_DELIMITED = 2;

    private OnnxBytes() {}

    /** A ModelProto that holds only a graph with this content. */
    static byte[] graphOf(byte[] content) {
        return field(GRAPH, content);
    }

    static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | LENGTH_DELIMITED);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
