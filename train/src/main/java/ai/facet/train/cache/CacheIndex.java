package ai.facet.train.cache;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which picture lies in which record, and which records are free. Not thread-safe. */
final class CacheIndex {
    private final Map<PictureKey, Integer> records = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int end;

    /** Reads the head of every record again. */
    void scan(CacheFile file) throws IOException {
        records.clear();
        free.clear();
        end = file.records();
        byte[] head = new byte[CacheRecord.HEAD_BYTES];
        for (int i = 0; i < end; i++) {
            CacheRecord record = file.read(file.offset(i), head) ? CacheRecord.of(head) : null;
            if (record == null || records.putIfAbsent(record.key(), i) != null) {
                free.add(i);
            }
        }
    }

    @Nullable
    Integer find(PictureKey key) {
        return records.get(key);
    }

    /** A record for a picture that has none: a free one, else a new one at the end. */
    int claim(PictureKey key) {
        Integer reused = free.poll();
        int record = reused != null ? reused : end++;
        records.put(key, record);
        return record;
    }

    /** Records up to the last one that holds a picture. */
    int used() {
        return records.values().stream().mapToInt(i -> i + 1).max().orElse(0);
    }

    void forget(PictureKey key) {
        records.remove(key);
    }

    int size() {
        return records.size();
    }
}
