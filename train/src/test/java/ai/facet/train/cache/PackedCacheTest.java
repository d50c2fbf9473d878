package ai.facet.train.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageLook;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.files.Sha256;
import ai.facet.image.Box;
import ai.facet.preprocess.Preprocessing;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedCacheTest {
    private static final Preprocessing INPUT = Preprocessing.square(16);
    private static final int PICTURE_BYTES = 16 * 16 * 3;
    private static final int RECORD_BYTES = 840 + PICTURE_BYTES;
    private static final int HEADER_BYTES = 4096;

    @TempDir
    Path folder;

    @Test
    void whatOneRunAddsLaterRunsTake() throws IOException {
        addPictures(3);

        try (PackedCache later = open()) {
            for (int i = 0; i < 3; i++) {
                assertThat(later.recall(10 + i, hash(i), null)).isEqualTo(look(i));
            }
            assertThat(later.recall(20, hash(7), null)).as("never written").isNull();
            later.complete();

            assertThat(later.recalled()).isEqualTo(3);
            assertThat(later.added()).isZero();
            assertThat(read(later, 11)).isEqualTo(pixels(1));
            assertThat(later.read(20, new byte[PICTURE_BYTES])).isFalse();
        }
    }

    @Test
    void aPictureAndItsBoxesAreDifferentEntries() throws IOException {
        Box box = new Box(-1, 2, 3, 4);
        try (PackedCache cache = open()) {
            cache.write(0, new ImageFingerprint(hash(0), look(0)), null, pixels(0));
            cache.write(1, new ImageFingerprint(hash(0), look(0)), box, pixels(1));
            cache.complete();
        }
        try (PackedCache later = open()) {
            assertThat(later.recall(0, hash(0), new Box(-1, 2, 3, 5))).isNull();
            assertThat(later.recall(0, hash(0), box)).isEqualTo(look(0));
            assertThat(later.recall(1, hash(0), null)).isEqualTo(look(0));
            later.complete();
            assertThat(read(later, 0)).isEqualTo(pixels(1));
            assertThat(read(later, 1)).isEqualTo(pixels(0));
        }
    }

    @Test
    void theFileIsAsThePackageDescriptionSays() throws IOException {
        addPictures(2);
        byte[] bytes = Files.readAllBytes(path());
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(file.capacity()).isEqualTo(HEADER_BYTES + 2 * RECORD_BYTES);
        assertThat(new String(bytes, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("FACETPIX");
        assertThat(file.getInt(8)).isEqualTo(1);
        assertThat(file.getInt(12)).isEqualTo(HEADER_BYTES);
        assertThat(file.getInt(16)).isEqualTo(RECORD_BYTES);
        assertThat(new String(bytes, 24, file.getInt(20), StandardCharsets.UTF_8))
                .isEqualTo("{\"widthPx\":16,\"heightPx\":16,\"fit\":\"letterbox\",\"filter\":\"triangle\","
                        + "\"pad\":\"#808080\",\"decoding\":1}");
        assertThat(file.getInt(4092)).isEqualTo(crc(bytes, 0, 4092));
        int at = HEADER_BYTES;
        assertThat(new String(bytes, at, 4, StandardCharsets.US_ASCII)).isEqualTo("PIC1");
        assertThat(file.getInt(at + 4)).isEqualTo(crc(bytes, at + 8, 832));
        assertThat(file.getInt(at + 8)).isEqualTo(crc(bytes, at + 840, PICTURE_BYTES));
        assertThat(file.getInt(at + 12)).isZero();
        assertThat(Arrays.copyOfRange(bytes, at + 840, at + RECORD_BYTES)).isEqualTo(pixels(0));
    }

    @Test
    void readsOverTheBordersOfItsSegments() throws IOException {
        addPictures(7);
        CacheHeader header = CacheHeader.of(INPUT);
        CacheFile file = new CacheFile(path(), RECORD_BYTES);
        try (PackedCache cache = PackedCache.open(file, header, 2L * RECORD_BYTES + 5)) {
            for (int i = 0; i < 7; i++) {
                assertThat(cache.recall(i, hash(i), null)).isNotNull();
            }
            cache.complete();
            for (int i = 0; i < 7; i++) {
                assertThat(read(cache, i)).isEqualTo(pixels(i));
            }
        }
    }

    /** Every place where a kill could leave the file: inside the header of a record, its pixels, or between records. */
    @Test
    void afterAKillOnlyWholePicturesAreUsed() throws IOException {
        addPictures(3);
        byte[] whole = Files.readAllBytes(path());
        for (int length = HEADER_BYTES + RECORD_BYTES; length < whole.length; length += 61) {
            Files.write(path(), Arrays.copyOf(whole, length));
            int kept = (length - HEADER_BYTES) / RECORD_BYTES;

            addPictures(3);

            assertThat(Files.readAllBytes(path())).as("cut at %d", length).isEqualTo(whole);
            assertThat(kept).isBetween(1, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20, 50, 100, 700, 839, 840, 1000, RECORD_BYTES - 1})
    void noticesAChangedByteAndDecodesAgain(int place) throws IOException {
        addPictures(3);
        byte[] whole = Files.readAllBytes(path());
        flip(HEADER_BYTES + RECORD_BYTES + place);

        try (PackedCache cache = open()) {
            assertThat(cache.recall(0, hash(1), null)).isNull();
            assertThat(cache.recall(1, hash(0), null)).isNotNull();
            assertThat(cache.recall(2, hash(2), null)).isNotNull();
        }
        addPictures(3);
        assertThat(Files.readAllBytes(path()))
                .as("the damaged record is used again")
                .isEqualTo(whole);
    }

    @Test
    void noticesDamageThatComesWhileItIsUsed() throws IOException {
        addPictures(2);
        try (PackedCache cache = open()) {
            assertThat(cache.recall(0, hash(0), null)).isNotNull();
            assertThat(cache.recall(1, hash(1), null)).isNotNull();
            cache.complete();
            flip(HEADER_BYTES + 900);

            assertThat(cache.read(0, new byte[PICTURE_BYTES])).isFalse();
            assertThat(read(cache, 1)).isEqualTo(pixels(1));
        }
    }

    @Test
    void aFullDiskEndsTheAddingAndLeavesNothingHalf() throws IOException {
        addPictures(1);
        CacheFile full = new CacheFile(path(), RECORD_BYTES) {
            @Override
            void write(int record, ByteBuffer bytes) throws IOException {
                if (record < 3) {
                    super.write(record, bytes);
                    return;
                }
                super.write(record, bytes.limit(1000)); // a part of it still fits
                throw new IOException("No space left on device");
            }
        };
        try (PackedCache cache = PackedCache.open(full, CacheHeader.of(INPUT), 1 << 20)) {
            for (int i = 0; i < 6; i++) {
                if (cache.recall(i, hash(i), null) == null) {
                    cache.write(i, new ImageFingerprint(hash(i), look(i)), null, pixels(i));
                }
            }
            cache.complete();
            for (int i = 0; i < 6; i++) {
                assertThat(cache.read(i, new byte[PICTURE_BYTES]))
                        .as("picture %d", i)
                        .isEqualTo(i < 3);
            }
            assertThat(cache.added()).isEqualTo(2);
        }
        assertThat(Files.size(path())).isEqualTo(HEADER_BYTES + 3 * RECORD_BYTES);
        addPictures(6);
        assertThat(Files.size(path())).isEqualTo(HEADER_BYTES + 6 * RECORD_BYTES);
    }

    @Test
    void othersReadWhileOneAddsAndTheNextAdderTakesWhatIsThere() throws Exception {
        addPictures(1);
        try (PackedCache first = open();
                PackedCache second = open()) {
            first.write(1, new ImageFingerprint(hash(1), look(1)), null, pixels(1)); // holds the lock from here on

            assertThat(second.recall(0, hash(0), null)).isEqualTo(look(0));
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                    () -> second.write(1, new ImageFingerprint(hash(1), look(1)), null, pixels(1)));
            first.write(2, new ImageFingerprint(hash(2), look(2)), null, pixels(2));
            assertThat(waiting).isNotDone();
            first.complete();
            waiting.get(20, TimeUnit.SECONDS);
            second.write(3, new ImageFingerprint(hash(3), look(3)), null, pixels(3));
            second.complete();

            assertThat(second.added()).as("picture 1 was there already").isEqualTo(1);
            assertThat(read(second, 1)).isEqualTo(pixels(1));
            assertThat(read(first, 2)).isEqualTo(pixels(2));
        }
        assertThat(Files.size(path())).isEqualTo(HEADER_BYTES + 4 * RECORD_BYTES);
    }

    @Test
    void otherPreprocessingHasAFileOfItsOwn() throws IOException {
        addPictures(1);
        try (PackedCache larger = PackedCache.open(folder, Preprocessing.square(24))) {
            assertThat(larger.path()).isNotEqualTo(path());
            assertThat(larger.recall(0, hash(0), null)).isNull();
        }
    }

    @Test
    void refusesByNameWhatHoldsOtherPictures() throws IOException {
        addPictures(1);
        Path other = folder.resolve(CacheHeader.fileName(Preprocessing.square(24)));
        Files.copy(path(), other);

        assertThatThrownBy(() -> PackedCache.open(folder, Preprocessing.square(24)))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll(other.toString(), "\"widthPx\":16", "expected", "\"widthPx\":24", "--cache");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 30, 4000})
    void refusesADamagedHeader(int place) throws IOException {
        addPictures(1);
        flip(place);

        assertThatThrownBy(this::open)
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll(path().toString(), "Remove it");
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> PackedCache.open(file, INPUT))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCodes.BAD_ARGUMENTS));
    }

    @Test
    void onlyItsOwnerMayLook() throws IOException {
        Path made = folder.resolve("a/b");
        PackedCache.open(made, INPUT).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    private void addPictures(int count) throws IOException {
        try (PackedCache cache = open()) {
            for (int i = 0; i < count; i++) {
                if (cache.recall(i, hash(i), null) == null) {
                    cache.write(i, new ImageFingerprint(hash(i), look(i)), null, pixels(i));
                }
            }
            cache.complete();
            for (int i = 0; i < count; i++) {
                assertThat(read(cache, i)).isEqualTo(pixels(i));
            }
        }
    }

    private PackedCache open() throws IOException {
        return PackedCache.open(folder, INPUT);
    }

    private Path path() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            f -> f.toString().contains("16x16") && f.toString().endsWith(".facet-cache"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte @Nullable [] read(PackedCache cache, int position) {
        byte[] pixels = new byte[PICTURE_BYTES];
        return cache.read(position, pixels) ? pixels : null;
    }

    private void flip(long at) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(Objects.requireNonNull(path()).toFile(), "rw")) {
            file.seek(at);
            int was = file.read();
            file.seek(at);
            file.write(was ^ 0x10);
        }
    }

    private static int crc(byte[] file, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(file, from, length);
        return (int) crc.getValue();
    }

    private static String hash(int picture) {
        return Sha256.of(new byte[] {(byte) picture});
    }

    private static ImageLook look(int picture) {
        byte[] bytes = new byte[ImageLook.BYTES];
        new Random(picture).nextBytes(bytes);
        return ImageLook.ofBytes(bytes);
    }

    private static byte[] pixels(int picture) {
        byte[] bytes = new byte[PICTURE_BYTES];
        new Random(1000 + picture).nextBytes(bytes);
        return bytes;
    }
}
