package ai.facet.export.inspect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The records of a TorchScript archive. Every record's checksum is checked; texts are kept; nothing is unpickled.
 *
 * @param folder the name of the one folder that holds all records, with a slash
 * @param records bytes by name, without the folder, in file order
 * @param texts source code, version, extra files
 */
record TorchArchive(String folder, Map<String, Long> records, Map<String, String> texts) {
    private static final int MOST_RECORDS = 100_000;
    /** Source code is compressed by PyTorch, weights never are. */
    private static final long MOST_INFLATED_BYTES = 64L << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    static TorchArchive read(Path file) throws IOException {
        if (Files.size(file) == 0) {
            throw new IOException(file + " is empty; expected a TorchScript archive");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new Reading(zip, file, Files.size(file)).read();
        } catch (ZipException | IllegalArgumentException e) {
            throw new IOException(
                    file + " is no whole ZIP archive: " + e.getMessage()
                            + ". Expected TorchScript as facet export or torch.jit.save writes it",
                    e);
        }
    }

    String version() {
        return texts.getOrDefault("version", texts.getOrDefault(".data/version", ""))
                .strip();
    }

    /** One pass over the records. */
    private static final class Reading {
        private final ZipFile zip;
        private final Path file;
        private final long size;
        private final Map<String, Long> records = new LinkedHashMap<>();
        private final Map<String, String> texts = new LinkedHashMap<>();
        private long stored;
        private long inflated;
        private String folder = "";

        Reading(ZipFile zip, Path file, long size) {
            this.zip = zip;
            this.file = file;
            this.size = size;
        }

        TorchArchive read() throws IOException {
            if (zip.size() > MOST_RECORDS) {
                throw new IOException(file + " has " + zip.size() + " records; expected at most " + MOST_RECORDS);
            }
            List<ZipEntry> entries = new ArrayList<>(zip.stream().toList());
            for (ZipEntry entry : entries) {
                add(entry);
            }
            if (!records.containsKey("data.pkl")) {
                throw new IOException(file + " has no record data.pkl in a folder; expected TorchScript as facet export"
                        + " or torch.jit.save writes it, not another ZIP archive");
            }
            return new TorchArchive(folder, records, texts);
        }

        private void add(ZipEntry entry) throws IOException {
            String name = entry.getName();
            int slash = name.indexOf('/');
            String top = name.substring(0, slash + 1);
            if (slash < 1 || name.contains("..") || name.contains("\\") || !(folder.isEmpty() || folder.equals(top))) {
                throw new IOException(file + ": a record is called \"" + name
                        + "\"; expected all records in one folder, and none outside it");
            }
            folder = top;
            String inner = name.substring(slash + 1);
            byte[] kept = content(entry, isText(inner));
            if (records.put(inner, entry.getSize()) != null) {
                throw new IOException(file + ": two records are called \"" + name + "\"; expected one");
            }
            if (isText(inner)) {
                texts.put(inner, new String(kept, StandardCharsets.UTF_8));
            }
        }

        private static boolean isText(String name) {
            return name.endsWith(".py")
                    || name.endsWith("version")
                    || name.equals("byteorder")
                    || name.startsWith("extra/");
        }

        /** Reads a record to its end to compare its checksum. Records may not share bytes: the sum is that of the file. */
        private byte[] content(ZipEntry entry, boolean keep) throws IOException {
            stored += Math.max(0, entry.getCompressedSize());
            if (stored > size) {
                throw new IOException(file + ": the records up to " + entry.getName() + " claim " + stored
                        + " bytes in a file of " + size + "; expected records that do not overlap");
            }
            boolean compressed = entry.getMethod() != ZipEntry.STORED;
            CRC32 crc = new CRC32();
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            try (InputStream in = zip.getInputStream(entry)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    crc.update(buffer, 0, n);
                    inflated += compressed || keep ? n : 0;
                    requireBounded(entry);
                    kept.write(buffer, 0, keep ? n : 0);
                }
            }
            if (crc.getValue() != entry.getCrc()) {
                throw new IOException(file + ": the record " + entry.getName() + " is damaged: its CRC-32 is "
                        + Long.toHexString(crc.getValue()) + ", expected " + Long.toHexString(entry.getCrc()));
            }
            return kept.toByteArray();
        }

        private void requireBounded(ZipEntry entry) throws IOException {
            if (inflated > MOST_INFLATED_BYTES) {
                throw new IOException(file + ": the record " + entry.getName() + " inflates beyond "
                        + MOST_INFLATED_BYTES + " bytes; expected source code, which is smaller");
            }
        }
    }
}
