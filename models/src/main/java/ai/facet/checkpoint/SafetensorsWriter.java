package ai.facet.checkpoint;

import ai.facet.files.Sha256;
import ai.facet.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes tensors as they come, after a header that names, places and hashes them. */
final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private final Map<String, String> metadata;
    private final List<Tensor> tensors;

    SafetensorsWriter(Map<String, String> metadata, List<Tensor> tensors) {
        this.metadata = metadata;
        this.tensors = tensors;
    }

    void writeTo(OutputStream out) throws IOException {
        byte[] header = header(hash(header(SafetensorsReader.NO_HASH)));
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array();
        out.write(length);
        out.write(header);
        // not closed: the stream belongs to the caller
        WritableByteChannel channel = Channels.newChannel(out);
        for (Tensor tensor : tensors) {
            channel.write(tensor.data().duplicate());
        }
    }

    private byte[] header(String hash) {
        Map<String, Object> header = new LinkedHashMap<>();
        Map<String, String> strings = new LinkedHashMap<>(metadata);
        strings.put(SafetensorsReader.HASH, hash);
        header.put(SafetensorsReader.METADATA, strings);
        long offset = 0;
        for (Tensor tensor : tensors) {
            long end = offset + tensor.data().remaining();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.type().name());
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", List.of(offset, end));
            header.put(tensor.name(), entry);
            offset = end;
        }
        StringBuilder text = new StringBuilder(Json.write(header));
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % ALIGNMENT != 0) {
            text.append(' ');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Over the header with zeros for the hash itself, then the data. */
    private String hash(byte[] header) {
        MessageDigest digest = Sha256.digest();
        digest.update(header);
        tensors.forEach(tensor -> digest.update(tensor.data().duplicate()));
        return HexFormat.of().formatHex(digest.digest());
    }
}
