package ai.facet.export.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A zip file of uncompressed records (APPNOTE 6.3, without zip64). {@link java.util.zip.ZipOutputStream} cannot align
 * data, which libtorch requires: each record's extra field is padded so that its data begins at a multiple of 64.
 */
final class StoredZip {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_RECORD = 0x06054b50;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int EXTRA_HEADER_BYTES = 4;

    /** "FB", the padding field that PyTorch's own writer uses. */
    private static final int EXTRA_PADDING_ID = 0x4246;

    /** 1980-01-01, the earliest date of the format: no clock in the file. */
    private static final int DATE = 0x21;

    private final String folder;
    /** Headers and data in turns, joined once: weights are not copied again and again while the file grows. */
    private final List<byte[]> parts = new ArrayList<>();

    private int size;
    private final ByteArrayOutputStream central = new ByteArrayOutputStream();
    private int records;

    StoredZip(String folder) {
        this.folder = folder;
    }

    void add(String name, byte[] data) {
        byte[] path = (folder + name).getBytes(StandardCharsets.UTF_8);
        int start = size;
        int unpadded = start + LOCAL_HEADER_BYTES + path.length + EXTRA_HEADER_BYTES;
        int padding = Math.floorMod(-unpadded, ALIGNMENT);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        put(header, 4, LOCAL_HEADER);
        common(header, path, data, EXTRA_HEADER_BYTES + padding);
        header.writeBytes(path);
        put(header, 2, EXTRA_PADDING_ID);
        put(header, 2, padding);
        header.writeBytes(new byte[padding]);
        addPart(header.toByteArray());
        addPart(data);
        putCentral(path, data, start);
        records++;
    }

    byte[] finish() {
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        end.writeBytes(central.toByteArray());
        put(end, 4, END_RECORD);
        put(end, 2, 0); // this disk
        put(end, 2, 0); // disk of the directory
        put(end, 2, records);
        put(end, 2, records);
        put(end, 4, central.size());
        put(end, 4, size);
        put(end, 2, 0); // comment length
        addPart(end.toByteArray());
        ByteBuffer file = ByteBuffer.allocate(size);
        parts.forEach(file::put);
        return file.array();
    }

    private void addPart(byte[] part) {
        parts.add(part);
        size = Math.addExact(size, part.length); // without zip64 a file ends at 2 GB
    }

    private void putCentral(byte[] path, byte[] data, int start) {
        put(central, 4, CENTRAL_HEADER);
        put(central, 2, 20); // made by: version 2.0
        common(central, path, data, 0);
        put(central, 2, 0); // comment length
        put(central, 2, 0); // disk
        put(central, 2, 0); // internal attributes
        put(central, 4, 0); // external attributes
        put(central, 4, start);
        central.writeBytes(path);
    }

    /** The fields that both headers share: version, flags, method 0 (stored), time, date, CRC, sizes, lengths. */
    private static void common(ByteArrayOutputStream to, byte[] path, byte[] data, int extraBytes) {
        CRC32 crc = new CRC32();
        crc.update(data);
        put(to, 2, 20);
        put(to, 2, 0);
        put(to, 2, 0);
        put(to, 2, 0);
        put(to, 2, DATE);
        put(to, 4, (int) crc.getValue());
        put(to, 4, data.length);
        put(to, 4, data.length);
        put(to, 2, path.length);
        put(to, 2, extraBytes);
    }

    private static void put(ByteArrayOutputStream to, int bytes, int value) {
        for (int i = 0; i < bytes; i++) {
            to.write(value >>> (8 * i));
        }
    }
}
