package ai.facet.checkpoint;

import ai.facet.files.ModelFileKind;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a safetensors file and trusts nothing in it: lengths, offsets, shapes and the hash are checked. */
final class SafetensorsReader {
    static final String METADATA = "__metadata__";
    static final String HASH = "sha256";
    /** Stands for the hash while the hash is computed. */
    static final String NO_HASH = "0".repeat(64);

    private static final long MAX_HEADER_BYTES = 64L << 20;

    private final Path file;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private SafetensorsReader(Path file) {
        this.file = file;
    }

    static SafetensorsReader read(Path file) throws IOException {
        String other = ModelFileKind.insteadOfCheckpoint(file);
        if (!other.isEmpty()) {
            throw new CheckpointException(other);
        }
        if (Files.isDirectory(file)) {
            throw new CheckpointException(file + " is a folder; expected a safetensors file");
        }
        SafetensorsReader reader = new SafetensorsReader(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            reader.read(channel);
        } catch (CharacterCodingException e) {
            throw new CheckpointException(file + ": the header is damaged: it is not UTF-8");
        } catch (JsonException e) {
            throw new CheckpointException(file + ": the header is damaged: " + e.getMessage());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new CheckpointException(file + ": the header does not fit its data: " + e.getMessage());
        }
        return reader;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    private void read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new CheckpointException(file + " has " + size + " bytes; expected a safetensors file");
        }
        long headerBytes = fill(channel, Long.BYTES).getLong();
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > size - Long.BYTES) {
            throw new CheckpointException(file + ": the header's length is " + headerBytes + " in a file of " + size
                    + " bytes; expected a safetensors file that is not cut");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(fill(channel, (int) headerBytes))
                .toString();
        JsonObject header = Json.parseObject(text, "header");
        if (header.has(METADATA)) {
            JsonObject strings = header.object(METADATA);
            strings.keys().forEach(key -> metadata.put(key, strings.string(key)));
        }
        MessageDigest digest = Sha256.digest();
        digest.update(withoutHash(text).getBytes(StandardCharsets.UTF_8));
        readTensors(header, channel, size - Long.BYTES - headerBytes, digest);
    }

    private String withoutHash(String header) {
        String hash = metadata.getOrDefault(HASH, NO_HASH);
        return header.replace("\"" + HASH + "\":\"" + hash + "\"", "\"" + HASH + "\":\"" + NO_HASH + "\"");
    }

    private void readTensors(JsonObject header, FileChannel channel, long dataBytes, MessageDigest digest)
            throws IOException {
        long offset = 0;
        for (String name : header.keys()) {
            if (!name.equals(METADATA)) {
                offset = readTensor(name, header.object(name), channel, new Section(offset, dataBytes), digest);
            }
        }
        if (offset != dataBytes) {
            throw new CheckpointException(
                    file + " has " + dataBytes + " bytes of data; expected " + offset + ". It was cut or appended to");
        }
        String found = HexFormat.of().formatHex(digest.digest());
        String expected = metadata.get(HASH);
        if (expected != null && !expected.equals(found)) {
            throw new CheckpointException(file + " is damaged: its SHA-256 is " + found + ", expected " + expected
                    + ". Use another checkpoint of the run");
        }
    }

    /** Where the next tensor must begin, and how much data there is. */
    private record Section(long begin, long end) {}

    private long readTensor(String name, JsonObject entry, FileChannel channel, Section section, MessageDigest digest)
            throws IOException {
        if (!Tensor.typeNames().contains(entry.string("dtype"))) {
            throw entry.error("dtype", "is \"" + entry.string("dtype") + "\"; expected one of " + Tensor.typeNames());
        }
        Tensor.Type type = Tensor.Type.valueOf(entry.string("dtype"));
        List<Long> shape = integers(entry, "shape");
        List<Long> offsets = integers(entry, "data_offsets");
        long bytes = Tensor.bytes(type, shape);
        if (offsets.size() != 2
                || offsets.get(0) != section.begin()
                || offsets.get(1) != section.begin() + bytes
                || bytes > Integer.MAX_VALUE) {
            throw entry.error(
                    "data_offsets",
                    "is " + offsets + "; expected [" + section.begin() + ", " + (section.begin() + bytes) + "]");
        }
        if (offsets.get(1) > section.end()) {
            throw new CheckpointException(file + " has " + section.end() + " bytes of data; expected at least "
                    + offsets.get(1) + ". It was cut; use another checkpoint of the run");
        }
        ByteBuffer data = fill(channel, (int) bytes);
        digest.update(data.duplicate());
        tensors.put(name, new Tensor(name, type, shape, data));
        return offsets.get(1);
    }

    private static List<Long> integers(JsonObject entry, String key) {
        List<Long> integers = entry.numbers(key).stream().map(Double::longValue).toList();
        for (int i = 0; i < integers.size(); i++) {
            if (integers.get(i).doubleValue() != entry.numbers(key).get(i)) {
                throw entry.error(key, "expected integers");
            }
        }
        return integers;
    }

    private ByteBuffer fill(FileChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new CheckpointException(file + " ended " + buffer.remaining() + " bytes too early");
            }
        }
        return buffer.flip();
    }
}
