package ai.facet.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.facet.decode.ImageDecodeException.Reason;
import ai.facet.image.PixelRows;
import ai.facet.image.RgbImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileImagesTest {
    private static final long SEED = 20261124;
    private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.DEFAULT);

    static Stream<String> files() {
        return ImageGoldens.table("decode.tsv").stream().map(row -> row.get(0));
    }

    static Stream<String> jpegsAndPngs() {
        return files().filter(f -> f.endsWith(".jpg") || f.endsWith(".png"));
    }

    /** Cut anywhere before its end marker a JPEG or PNG is refused; cut behind it, it is the same picture. */
    @ParameterizedTest
    @MethodSource("jpegsAndPngs")
    void aCutFileIsNeverAHalfPicture(String file) throws ImageDecodeException {
        byte[] bytes = ImageGoldens.bytes(file);
        byte[] whole = ImageGoldens.decoded(file).pixelsHwc();
        for (int length = 1; length < bytes.length; length += length < 40 || length > bytes.length - 40 ? 1 : 13) {
            byte[] cut = Arrays.copyOf(bytes, length);
            try {
                assertThat(((RgbImage) DECODER.decode(cut, file)).pixelsHwc())
                        .as("%s cut to %d of %d bytes", file, length, bytes.length)
                        .isEqualTo(whole);
            } catch (ImageDecodeException e) {
                assertThat(e).hasMessageStartingWith(file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb-420.jpg", "progressive.jpg", "rgb.png", "interlaced.png"})
    void aFileCutInTheMiddleIsDamaged(String file) {
        byte[] bytes = ImageGoldens.bytes(file);

        ImageDecodeException refusal = refusal(Arrays.copyOf(bytes, bytes.length / 2), file);

        assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(refusal).hasMessageContaining("ends at byte " + bytes.length / 2);
    }

    /** Formats without an end marker: what is there must not pass for a picture. (Half an animation has its first one.) */
    @ParameterizedTest
    @MethodSource("otherFormats")
    void halfAFileIsRefused(String file) {
        byte[] bytes = ImageGoldens.bytes(file);

        assertThat(refusal(Arrays.copyOf(bytes, bytes.length / 2), file).reason())
                .isEqualTo(Reason.DAMAGED);
    }

    static Stream<String> otherFormats() {
        return files().filter(f -> !f.endsWith(".jpg") && !f.endsWith(".png") && !f.equals("animated.gif"));
    }

    /** An ICC profile has at most 255 parts; a hostile file repeats them. */
    @Test
    @Timeout(30)
    void aMillionPartsOfAProfileCostNothing() throws ImageDecodeException {
        byte[] bytes = ImageGoldens.bytes("rgb-444.jpg");
        byte[] part = {
            (byte) 0xFF, (byte) 0xE2, 0, 17, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 2, 0
        };
        ByteBuffer hostile = ByteBuffer.allocate(bytes.length + 1_000_000 * part.length);
        hostile.put(bytes, 0, 2);
        for (int i = 0; i < 1_000_000; i++) {
            hostile.put(part);
        }
        hostile.put(bytes, 2, bytes.length - 2);

        assertThat(((RgbImage) DECODER.decode(hostile.array(), "hostile.jpg")).pixelsHwc())
                .isEqualTo(ImageGoldens.decoded("rgb-444.jpg").pixelsHwc());
    }

    /** The data is cut, but an end marker was put behind it: only libjpeg can tell. */
    @Test
    void aCutScanWithAnEndMarkerIsDamaged() {
        byte[] bytes = ImageGoldens.bytes("rgb-444.jpg");
        byte[] cut = Arrays.copyOf(bytes, bytes.length * 3 / 4);
        cut[cut.length - 3] = 0;
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;

        assertThat(refusal(cut, "cut.jpg").reason()).isEqualTo(Reason.DAMAGED);
    }

    @ParameterizedTest
    @MethodSource("files")
    void changedBytesGiveAPictureOrARefusal(String file) {
        byte[] bytes = ImageGoldens.bytes(file);
        Random random = new Random(SEED ^ file.hashCode());
        for (int round = 0; round < 120; round++) {
            byte[] changed = bytes.clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                // Every other round aims at the headers, where sizes and offsets stand.
                int reach = round % 2 == 0 ? changed.length : Math.min(changed.length, 64);
                changed[random.nextInt(reach)] = (byte) random.nextInt(256);
            }
            decodeOrRefuse(changed, file + ", seed " + SEED + ", round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "palette-4.png", "interlaced.png", "rgba-16.png", "grey-1.png"})
    void anyChangedByteOfAPngIsNoticed(String file) throws ImageDecodeException {
        byte[] bytes = ImageGoldens.bytes(file);
        byte[] whole = ImageGoldens.decoded(file).pixelsHwc();
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            byte[] changed = bytes.clone();
            changed[8 + random.nextInt(changed.length - 8)] ^= (byte) (1 << random.nextInt(8));
            try {
                PixelRows image = DECODER.decode(changed, file);
                assertThat(((RgbImage) image).pixelsHwc())
                        .as("round %d, seed %d", round, SEED)
                        .isEqualTo(whole);
            } catch (ImageDecodeException e) {
                assertThat(e.reason()).isIn(Reason.DAMAGED, Reason.UNSUPPORTED_FORMAT);
            }
        }
    }

    /** With right checksums damage gets past the chunk reader: the stages behind it must hold as well. */
    @Test
    void changedPngDataWithRightChecksumsGivesAPictureOrARefusal() {
        Random random = new Random(SEED);
        for (String file : List.of("palette-2.png", "rgb-16.png", "interlaced-grey-2.png", "icc-adobe-rgb.png")) {
            for (int round = 0; round < 300; round++) {
                byte[] changed = ImageGoldens.bytes(file);
                changed[8 + random.nextInt(changed.length - 8)] = (byte) random.nextInt(256);
                mendChecksums(changed);
                decodeOrRefuse(changed, file + ", seed " + SEED + ", round " + round);
            }
        }
    }

    static Stream<byte[]> bombs() {
        byte[] png = ImageGoldens.bytes("rgb.png");
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        mendChecksums(png);
        byte[] widePng = ImageGoldens.bytes("rgb.png");
        ByteBuffer.wrap(widePng).putInt(16, 50_000).putInt(20, 1);
        mendChecksums(widePng);
        byte[] jpeg = ImageGoldens.bytes("rgb-444.jpg");
        int frame = indexOf(jpeg, 0xFF, 0xC0);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_500).putShort(frame + 7, (short) 65_500);
        byte[] bmp = ImageGoldens.bytes("rgb.bmp");
        ByteBuffer.wrap(bmp).putInt(18, Integer.reverseBytes(40_000)).putInt(22, Integer.reverseBytes(-40_000));
        byte[] gif = ImageGoldens.bytes("palette.gif");
        ByteBuffer.wrap(gif).putInt(6, 0xFFFFFFFF);
        byte[] webp = ImageGoldens.bytes("lossless.webp");
        ByteBuffer.wrap(webp).putInt(21, 0xFFFFFF0F);
        return Stream.of(png, widePng, jpeg, bmp, gif, webp);
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void refusesHugePicturesByTheirHeader(byte[] bomb) {
        ImageDecodeException refusal = refusal(bomb, "bomb");

        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal).hasMessageContaining("px; expected at most");
    }

    @Test
    void refusesMoreBytesThanAllowed() {
        ImageDecoder strict = new ImageDecoder(new DecodeLimits(1000, 100, 500));

        assertThatThrownBy(() -> strict.decode(new byte[501], "big.jpg"))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessage("big.jpg has 501 bytes; expected at most 500");
    }

    @Test
    void saysWhatAFileIsInstead() {
        assertRefused("<!DOCTYPE html><html>", "page.jpg", Reason.UNSUPPORTED_FORMAT, "an HTML or XML page");
        assertRefused("  <html><body>404", "page.jpg", Reason.UNSUPPORTED_FORMAT, "an HTML or XML page");
        assertRefused("%PDF-1.7", "scan.png", Reason.UNSUPPORTED_FORMAT, "a PDF document");
        assertRefused("II*\0abcd", "photo.jpg", Reason.UNSUPPORTED_FORMAT, "a TIFF or camera raw file");
        assertRefused("\0\0\0\u0018ftypheic", "photo.jpg", Reason.UNSUPPORTED_FORMAT, "an HEIC");
        assertRefused(
                "hello", "x.jpg", Reason.UNSUPPORTED_FORMAT, "starts with bytes 68 65 6c 6c 6f; expected JPEG, PNG");
        assertRefused("x", "x.jpg", Reason.UNSUPPORTED_FORMAT, "starts with bytes 78;");
        assertRefused("", "x.jpg", Reason.EMPTY, "x.jpg is empty (0 bytes)");
    }

    @Test
    void aWrongExtensionDoesNotMatter() throws ImageDecodeException {
        PixelRows image = DECODER.decode(ImageGoldens.bytes("rgb.png"), "really-a-png.jpg");

        assertThat(image.widthPx()).isEqualTo(37);
    }

    @Test
    void refusesAnAnimatedWebp() {
        byte[] webp = ImageGoldens.bytes("orientation-8.webp");
        webp[20] |= 2;

        assertThat(refusal(webp, "moving.webp")).hasMessageContaining("is an animated WebP");
    }

    @Test
    void manyThreadsMayShareADecoder() {
        List<String> all = files().toList();

        boolean equal = IntStream.range(0, 400).parallel().allMatch(i -> {
            String file = all.get(i % all.size());
            try {
                RgbImage image = (RgbImage) DECODER.decode(ImageGoldens.bytes(file), file);
                return Arrays.equals(
                        image.pixelsHwc(), ImageGoldens.decoded(file).pixelsHwc());
            } catch (ImageDecodeException e) {
                return false;
            }
        });

        assertThat(equal).isTrue();
    }

    @Test
    void leavesItsInputAlone() {
        files().forEach(file -> {
            byte[] bytes = ImageGoldens.bytes(file);
            decodeOrRefuse(bytes, file);
            assertThat(bytes).as(file).isEqualTo(ImageGoldens.bytes(file));
        });
    }

    private static void assertRefused(String content, String name, Reason reason, String message) {
        ImageDecodeException refusal = refusal(content.getBytes(StandardCharsets.ISO_8859_1), name);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageStartingWith(name).hasMessageContaining(message);
    }

    private static ImageDecodeException refusal(byte[] bytes, String name) {
        return catchThrowableOfType(ImageDecodeException.class, () -> DECODER.decode(bytes, name));
    }

    private static void decodeOrRefuse(byte[] bytes, String what) {
        try {
            PixelRows image = DECODER.decode(bytes, what);
            assertThat(image.widthPx()).as(what).isPositive();
        } catch (ImageDecodeException e) {
            assertThat(e.getMessage()).as(what).startsWith(what);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    private static int indexOf(byte[] bytes, int first, int second) {
        return IntStream.range(0, bytes.length - 1)
                .filter(i -> (bytes[i] & 0xFF) == first && (bytes[i + 1] & 0xFF) == second)
                .findFirst()
                .orElseThrow();
    }

    private static void mendChecksums(byte[] png) {
        ByteBuffer buffer = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; ) {
            int length = buffer.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                return;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, length + 4);
            buffer.putInt(at + 8 + length, (int) crc.getValue());
            at += length + 12;
        }
    }
}
