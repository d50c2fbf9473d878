package ai.facet.train.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;

/**
 * Records in memory that the system lends: in segments of whole records, because one mapping holds at most 2 GiB in
 * Java. Thread-safe. Unmapped by the garbage collector, as Java 17 has no other way.
 */
final class MappedRecords {
    static final long SEGMENT_BYTES = 1L << 30;

    private final ByteBuffer[] segments;
    private final int size;
    private final int perSegment;
    private final int recordBytes;

    private MappedRecords(ByteBuffer[] segments, int size, int perSegment, int recordBytes) {
        this.segments = segments;
        this.size = size;
        this.perSegment = perSegment;
        this.recordBytes = recordBytes;
    }

    /**
     * Maps the first records of a file.
     *
     * @param segmentBytes the most bytes of a segment that holds more than one record
     */
    static MappedRecords of(CacheFile file, int records, int recordBytes, long segmentBytes) throws IOException {
        int perSegment = (int) Math.max(1, segmentBytes / recordBytes);
        ByteBuffer[] segments = new ByteBuffer[(int) (((long) records + perSegment - 1) / perSegment)];
        for (int i = 0; i < segments.length; i++) {
            int first = i * perSegment;
            long bytes = (long) Math.min(perSegment, records - first) * recordBytes;
            segments[i] = file.channel().map(MapMode.READ_ONLY, file.offset(first), bytes);
        }
        return new MappedRecords(segments, records, perSegment, recordBytes);
    }

    int size() {
        return size;
    }

    /** Copies a record's head and pixels. */
    void read(int record, byte[] head, byte[] pixelsHwc) {
        ByteBuffer segment = segments[record / perSegment];
        int at = record % perSegment * recordBytes;
        segment.get(at, head);
        segment.get(at + head.length, pixelsHwc, 0, recordBytes - head.length);
    }
}
