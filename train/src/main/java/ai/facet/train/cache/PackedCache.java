package ai.facet.train.cache;

import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageLook;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.image.Box;
import ai.facet.preprocess.Preprocessing;
import ai.facet.train.input.PictureStore;
import ai.facet.train.input.PrivateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decoded pictures in a file that later runs use again. Whatever goes wrong with the file, pictures are then decoded as
 * without it: it never changes a result. Thread-safe, but for {@link #close}.
 */
public final class PackedCache implements PictureStore {
    private static final Logger LOG = LogManager.getLogger();
    /** Left for others on the disk. */
    private static final long KEPT_FREE_BYTES = 1L << 30;
    /** So often is the room on the disk asked for. */
    private static final int WRITES_PER_LOOK = 64;

    private final CacheFile file;
    private final int pictureBytes;
    private final long segmentBytes;
    private final CacheIndex index = new CacheIndex();
    private final Map<Integer, Integer> recordOfPosition = new ConcurrentHashMap<>();
    private final AtomicInteger recalled = new AtomicInteger();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicBoolean damageTold = new AtomicBoolean();
    private @Nullable CacheLock lock;
    private volatile boolean closedForWriting;
    private volatile @Nullable MappedRecords mapped;

    private PackedCache(CacheFile file, int pictureBytes, long segmentBytes) {
        this.file = file;
        this.pictureBytes = pictureBytes;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Opens the folder's cache for one way to make pixels, making folder and file if they are not there.
     *
     * @throws UserException (exit 2) if the folder is a file; (exit 1) if its file is something else
     * @throws IOException if it cannot be made or read
     */
    public static PackedCache open(Path folder, Preprocessing preprocessing) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw UserException.badArguments(
                    "--cache " + folder + " is a file; expected a folder, which is made if it is not there");
        }
        Path path = folder.resolve(CacheHeader.fileName(preprocessing));
        CacheHeader header = CacheHeader.of(preprocessing);
        if (!Files.exists(path)) {
            create(folder, path, header);
        }
        return open(new CacheFile(path, header.recordBytes()), header, MappedRecords.SEGMENT_BYTES);
    }

    @SuppressWarnings("try") // the lock is only held, never asked
    private static void create(Path folder, Path path, CacheHeader header) throws IOException {
        PrivateFolders.create(folder);
        try (CacheLock held = CacheLock.take(path)) {
            if (!Files.exists(path)) {
                AtomicFiles.real().write(path, header.toBytes());
            }
        }
    }

    static PackedCache open(CacheFile file, CacheHeader header, long segmentBytes) throws IOException {
        try {
            header.requireIn(file.header(), file.path());
            PackedCache cache = new PackedCache(file, header.recordBytes() - CacheRecord.HEAD_BYTES, segmentBytes);
            cache.index.scan(file);
            return cache;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public @Nullable ImageLook recall(int position, String contentHash, @Nullable Box box) {
        PictureKey key = new PictureKey(contentHash, box);
        ImageLook look = recall(position, key);
        if (look != null) {
            recalled.incrementAndGet();
        }
        return look;
    }

    private @Nullable ImageLook recall(int position, PictureKey key) {
        Integer number;
        synchronized (index) {
            number = index.find(key);
        }
        if (number == null) {
            return null;
        }
        CacheRecord record = whole(number, key);
        if (record == null) {
            return null;
        }
        recordOfPosition.put(position, number);
        return record.look();
    }

    /** The record, if it is this picture's and both checksums hold. */
    private @Nullable CacheRecord whole(int number, PictureKey key) {
        byte[] head = new byte[CacheRecord.HEAD_BYTES];
        byte[] pixels = new byte[pictureBytes];
        try {
            if (file.read(file.offset(number), head) && file.read(file.offset(number) + head.length, pixels)) {
                CacheRecord record = CacheRecord.of(head);
                return record != null && record.key().equals(key) && record.holds(pixels, pictureBytes) ? record : null;
            }
        } catch (IOException e) {
            LOG.debug("{}: record {}", file.path(), number, e);
        }
        return null;
    }

    @Override
    public void write(int position, ImageFingerprint fingerprint, @Nullable Box box, byte[] pixelsHwc) {
        PictureKey key = new PictureKey(fingerprint.contentHash(), box);
        if (!readyToWrite()) {
            return;
        }
        Integer number = claim(key);
        if (number == null || recall(position, key) != null) { // another run, or another row with the same picture
            return;
        }
        CacheRecord record = CacheRecord.of(key, fingerprint.look(), pixelsHwc, pictureBytes);
        try {
            file.write(number, record.toBytes(pixelsHwc, pictureBytes));
            recordOfPosition.put(position, number);
            added.incrementAndGet();
        } catch (IOException e) {
            stopWriting(e.getMessage());
            synchronized (index) {
                index.forget(key);
            }
        }
    }

    /** The picture's own record, which may hold already, or a free one; null if the disk has no room. */
    private @Nullable Integer claim(PictureKey key) {
        if (added.get() % WRITES_PER_LOOK == 0 && !hasRoom()) {
            return null;
        }
        synchronized (index) {
            Integer found = index.find(key);
            return found != null ? found : Integer.valueOf(index.claim(key));
        }
    }

    private boolean hasRoom() {
        try {
            if (Files.getFileStore(file.path()).getUsableSpace() > KEPT_FREE_BYTES) {
                return true;
            }
            stopWriting("its disk has less than 1 GiB free");
        } catch (IOException e) {
            stopWriting(e.getMessage());
        }
        return false;
    }

    /** The first writer takes the lock, waiting for other runs, and reads what they have added. */
    private synchronized boolean readyToWrite() {
        if (closedForWriting || lock != null) {
            return !closedForWriting;
        }
        try {
            lock = CacheLock.take(file.path());
            file.openForWriting();
            synchronized (index) {
                index.scan(file);
            }
        } catch (IOException e) {
            stopWriting(e.getMessage());
        }
        return !closedForWriting;
    }

    private synchronized void stopWriting(@Nullable String why) {
        if (!closedForWriting) {
            closedForWriting = true;
            LOG.warn(
                    "{} takes no more pictures: {}. Training goes on; pictures that are not in it are decoded in every"
                            + " epoch. Make room, or choose another folder for --cache",
                    file.path(),
                    why);
        }
    }

    /** Forces what was added to the device, lets others add, and maps the file. */
    @Override
    public synchronized void complete() throws IOException {
        if (lock != null) {
            try {
                file.finishWriting(usedRecords());
            } catch (IOException | IllegalStateException e) {
                stopWriting(e.getMessage());
            }
            lock.close();
            lock = null;
        }
        closedForWriting = true;
        int records =
                recordOfPosition.values().stream().mapToInt(i -> i + 1).max().orElse(0);
        mapped = MappedRecords.of(
                file, Math.min(records, file.records()), CacheRecord.HEAD_BYTES + pictureBytes, segmentBytes);
    }

    private int usedRecords() {
        synchronized (index) {
            return index.used();
        }
    }

    @Override
    public boolean read(int position, byte[] pixelsHwc) {
        Integer number = recordOfPosition.get(position);
        MappedRecords records = mapped;
        if (number == null || records == null || number >= records.size()) {
            return false;
        }
        byte[] head = new byte[CacheRecord.HEAD_BYTES];
        records.read(number, head, pixelsHwc);
        CacheRecord record = CacheRecord.of(head);
        if (record != null && record.holds(pixelsHwc, pictureBytes)) {
            return true;
        }
        if (damageTold.compareAndSet(false, true)) {
            LOG.warn("{} is damaged in record {}; its picture is decoded instead", file.path(), number);
        }
        return false;
    }

    public Path path() {
        return file.path();
    }

    /** Pictures that an earlier run had decoded. */
    public int recalled() {
        return recalled.get();
    }

    /** Pictures that this run has added. */
    public int added() {
        return added.get();
    }

    @Override
    public synchronized void close() throws IOException {
        closedForWriting = true;
        if (lock != null) {
            lock.close();
        }
        file.close();
    }
}
