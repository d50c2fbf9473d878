package ai.facet.train.cache;

import ai.facet.cli.UserException;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.preprocess.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The beginning of a cache's file; see the package description.
 *
 * @param contract the JSON that says how its pixels are made
 */
record CacheHeader(String contract, int recordBytes) {
    static final int BYTES = 4096;

    private static final byte[] MAGIC = "FACETPIX".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    /** Raise when a decoder or the resizing changes any value: old caches are then left alone. */
    private static final int DECODING = 1;

    private static final int CONTRACT_AT = 24;
    private static final int CHECKSUM_AT = BYTES - Integer.BYTES;
    private static final int NAME_DIGITS = 8;

    static CacheHeader of(Preprocessing preprocessing) {
        Map<String, Object> contract = new LinkedHashMap<>(preprocessing.toJson());
        contract.keySet().removeAll(List.of("mean", "std"));
        contract.put("decoding", DECODING);
        return new CacheHeader(Json.write(contract), CacheRecord.HEAD_BYTES + preprocessing.imageBytes());
    }

    /** The name of the file in its folder. */
    static String fileName(Preprocessing preprocessing) {
        byte[] contract = of(preprocessing).contract.getBytes(StandardCharsets.UTF_8);
        return "pictures-" + preprocessing.widthPx() + "x" + preprocessing.heightPx() + "-"
                + preprocessing.fit().id() + "-" + Sha256.of(contract).substring(0, NAME_DIGITS) + ".facet-cache";
    }

    byte[] toBytes() {
        byte[] text = contract.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).putInt(BYTES).putInt(recordBytes).putInt(text.length);
        bytes.put(text);
        bytes.putInt(CHECKSUM_AT, checksum(bytes.array()));
        return bytes.array();
    }

    /**
     * Makes sure that a file holds what this header says.
     *
     * @param found the first {@value #BYTES} bytes of the file, or all if it has fewer
     * @throws UserException (exit 1) saying what else it is
     */
    void requireIn(byte[] found, Path file) {
        if (found.length < BYTES || !Arrays.equals(Arrays.copyOf(found, MAGIC.length), MAGIC)) {
            throw refuse(file, "is no cache of pictures");
        }
        ByteBuffer bytes = ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN);
        int version = bytes.getInt(MAGIC.length);
        if (version != VERSION) {
            throw refuse(file, "has format version " + version + "; expected " + VERSION);
        }
        if (bytes.getInt(CHECKSUM_AT) != checksum(found)) {
            throw refuse(file, "has a damaged header");
        }
        if (!Arrays.equals(found, toBytes())) {
            throw refuse(file, "holds pictures of " + contractIn(bytes) + "; expected " + contract);
        }
    }

    private static String contractIn(ByteBuffer bytes) {
        int length = Math.max(0, Math.min(bytes.getInt(CONTRACT_AT - Integer.BYTES), CHECKSUM_AT - CONTRACT_AT));
        byte[] text = new byte[length];
        bytes.get(CONTRACT_AT, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static UserException refuse(Path file, String what) {
        return UserException.failed(file + " " + what + ". Remove it, or choose another folder for --cache");
    }

    private static int checksum(byte[] header) {
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, CHECKSUM_AT);
        return (int) checksum.getValue();
    }
}
