package ai.facet.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The markers of a JPEG file (ITU T.81, JFIF 1.02, Exif 2.3), walked from the start to the end marker. Colours are
 * interpreted as libjpeg-turbo does: JFIF means YCbCr, else Adobe's transform decides, else the component ids.
 */
final class JpegHeader {
    private static final int SOF_BASELINE = 0xC0;
    private static final int SOF_EXTENDED = 0xC1;
    private static final int SOF_PROGRESSIVE = 0xC2;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;
    private static final int MAX_SCANS = 100; // each costs a pass over all pixels; encoders write about ten
    private static final int MAX_PROFILE_PARTS = 255; // numbers are one byte
    private static final int ADOBE_NONE = 0;
    private static final String ICC = "ICC_PROFILE\0";
    private static final byte[] JFIF_SEGMENT = {
        (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0
    };
    private static final byte[] ADOBE_UNTRANSFORMED_SEGMENT = {
        (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, ADOBE_NONE
    };

    private final ByteReader bytes;
    private final List<ByteReader> kept = new ArrayList<>();
    private final @Nullable ByteReader[] profileParts = new ByteReader[MAX_PROFILE_PARTS + 1]; // by number, from 1
    private int profilePartCount;
    private int widthPx;
    private int heightPx;
    private int components;
    private String componentIds = "";
    private boolean jfif;
    private int adobeTransform = -1;
    private int orientation;
    private int scans;

    private JpegHeader(ByteReader bytes) {
        this.bytes = bytes;
    }

    /** Walks the whole file; nothing is decoded. */
    static JpegHeader read(ByteReader bytes, DecodeLimits limits) throws ImageDecodeException {
        JpegHeader header = new JpegHeader(bytes);
        header.walk(limits);
        if (header.components == 0 || header.scans == 0) {
            throw ImageDecodeException.damaged(bytes.name(), "it is a JPEG without picture data");
        }
        return header;
    }

    int widthPx() {
        return widthPx;
    }

    int heightPx() {
        return heightPx;
    }

    int components() {
        return components;
    }

    /** 1 to 8, see {@link ExifOrientation}. */
    int orientation() {
        return Math.max(orientation, ExifOrientation.UPRIGHT);
    }

    /** Whether four components are YCCK rather than CMYK: like libjpeg, for every transform but "none". */
    boolean isYcck() {
        return adobeTransform > ADOBE_NONE;
    }

    /** The embedded ICC profile; null if there is none or a part of it is missing. */
    byte @Nullable [] profile() throws ImageDecodeException {
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        for (int number = 1; number <= profilePartCount; number++) {
            ByteReader part = profileParts[number];
            if (part == null) {
                return null;
            }
            profile.writeBytes(part.part(2, part.length() - 2).copy());
        }
        return profile.size() == 0 ? null : profile.toByteArray();
    }

    /**
     * The same picture with nothing in it that a decoder could interpret in its own way: no application data but one
     * marker that says whether three components are YCbCr or RGB, and that four are not to be converted.
     */
    byte[] normalised() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length());
        out.write(0xFF);
        out.write(0xD8);
        out.writeBytes(components == 4 || (components == 3 && isRgb()) ? ADOBE_UNTRANSFORMED_SEGMENT : JFIF_SEGMENT);
        for (ByteReader segment : kept) {
            segment.writeTo(out);
        }
        out.write(0xFF);
        out.write(EOI);
        return out.toByteArray();
    }

    private boolean isRgb() {
        if (jfif) {
            return false;
        }
        return adobeTransform >= 0 ? adobeTransform == ADOBE_NONE : componentIds.equals("RGB");
    }

    private void walk(DecodeLimits limits) throws ImageDecodeException {
        int position = 2;
        while (true) {
            position = nextMarker(position);
            int marker = bytes.u8(position + 1L);
            if (marker == EOI) {
                return;
            }
            if (marker < SOF_BASELINE || (marker >= 0xD0 && marker <= 0xD8)) {
                position += 2; // stands alone: RSTn, SOI, TEM
                continue;
            }
            int length = bytes.u16be(position + 2L);
            if (length < 2) {
                throw bytes.damaged(position + 2L, "a segment says it has " + length + " bytes");
            }
            int end = position + 2 + length;
            ByteReader payload = bytes.part(position + 4L, length - 2L);
            if (marker == SOS) {
                end = endOfScan(end);
            }
            readSegment(marker, payload, limits);
            if (marker != COM && !(marker >= APP0 && marker <= APP15)) {
                kept.add(bytes.part(position, end - (long) position));
            }
            position = end;
        }
    }

    /** The offset of the next FF that is followed by a marker code; bytes between segments are skipped. */
    private int nextMarker(int from) throws ImageDecodeException {
        for (int i = from; i + 1 < bytes.length(); i++) {
            if (bytes.u8(i) == 0xFF && bytes.u8(i + 1L) != 0xFF && bytes.u8(i + 1L) != 0) {
                return i;
            }
        }
        throw ImageDecodeException.damaged(
                bytes.name(), "it ends at byte " + bytes.length() + " without a JPEG end marker (cut short?)");
    }

    private int endOfScan(int from) throws ImageDecodeException {
        int end = nextMarker(from);
        while (bytes.u8(end + 1L) >= 0xD0 && bytes.u8(end + 1L) <= 0xD7) {
            end = nextMarker(end + 2);
        }
        return end;
    }

    private void readSegment(int marker, ByteReader payload, DecodeLimits limits) throws ImageDecodeException {
        switch (marker) {
            case SOS -> {
                if (++scans > MAX_SCANS) {
                    throw ImageDecodeException.damaged(bytes.name(), "it has more than " + MAX_SCANS + " scans");
                }
            }
            case APP0 -> jfif |= payload.has(0, "JFIF\0") && payload.length() >= 14;
            case APP1 -> readExif(payload);
            case APP2 -> {
                if (payload.has(0, ICC) && payload.length() > ICC.length() + 2) {
                    keepProfilePart(payload.part(ICC.length(), payload.length() - ICC.length()));
                }
            }
            case APP14 ->
                adobeTransform = payload.has(0, "Adobe") && payload.length() >= 12 ? payload.u8(11) : adobeTransform;
            default -> {
                if (marker >= SOF_BASELINE && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC) {
                    readFrame(marker, payload, limits);
                }
            }
        }
    }

    /** ICC.1:2022, B.4: a part begins with its number, from 1, and the count of parts. The first of a number holds. */
    private void keepProfilePart(ByteReader part) throws ImageDecodeException {
        int number = part.u8(0);
        if (number > 0 && profileParts[number] == null) {
            profileParts[number] = part;
            profilePartCount = Math.max(profilePartCount, part.u8(1));
        }
    }

    private void readExif(ByteReader payload) throws ImageDecodeException {
        if (orientation == 0 && payload.has(0, "Exif\0\0")) {
            orientation = ExifOrientation.of(payload.part(6, payload.length() - 6L));
        }
    }

    private void readFrame(int marker, ByteReader payload, DecodeLimits limits) throws ImageDecodeException {
        if (components != 0) {
            throw ImageDecodeException.damaged(bytes.name(), "it has two frame headers");
        }
        if (marker != SOF_BASELINE && marker != SOF_EXTENDED && marker != SOF_PROGRESSIVE) {
            throw ImageDecodeException.unsupported(
                    bytes.name(),
                    String.format(
                            "is a JPEG of kind SOF%d; expected baseline or progressive with Huffman coding",
                            marker - SOF_BASELINE));
        }
        if (payload.u8(0) != 8) {
            throw ImageDecodeException.unsupported(
                    bytes.name(), "is a JPEG with " + payload.u8(0) + " bits a sample; expected 8");
        }
        heightPx = payload.u16be(1);
        widthPx = payload.u16be(3);
        components = payload.u8(5);
        limits.checkSize(widthPx, heightPx, bytes.name());
        if (components != 1 && components != 3 && components != 4) {
            throw ImageDecodeException.unsupported(
                    bytes.name(), "is a JPEG with " + components + " components; expected 1, 3 or 4");
        }
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < components; i++) {
            ids.append((char) payload.u8(6L + 3L * i));
        }
        componentIds = ids.toString();
    }
}
