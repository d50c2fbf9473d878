package ai.facet.decode;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats that Facet reads, told apart by their first bytes; a file's name says nothing. */
enum ImageFormat {
    JPEG,
    PNG,
    BMP,
    GIF,
    WEBP;

    private static final String SUPPORTED = "JPEG, PNG, BMP, GIF or WebP";
    private static final int SHOWN_BYTES = 8;

    /** @throws ImageDecodeException saying what the file looks like instead */
    static ImageFormat of(ByteReader bytes) throws ImageDecodeException {
        if (bytes.has(0, "\u00FF\u00D8\u00FF")) {
            return JPEG;
        }
        if (bytes.has(0, "\u0089PNG\r\n\u001A\n")) {
            return PNG;
        }
        if (bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a")) {
            return GIF;
        }
        if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
            return WEBP;
        }
        if (bytes.has(0, "BM")) {
            return BMP;
        }
        String found = lookalike(bytes);
        throw ImageDecodeException.unsupported(
                bytes.name(),
                (found == null ? "starts with " + firstBytes(bytes) : "is " + found) + "; expected " + SUPPORTED);
    }

    private static @Nullable String lookalike(ByteReader bytes) throws ImageDecodeException {
        String start = bytes.ascii(0, Math.min(bytes.length(), 256)).strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<svg") || (start.startsWith("<?xml") && start.contains("<svg"))) {
            return "an SVG drawing";
        }
        if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
            return "an HTML or XML page, not a picture (a failed download?)";
        }
        if (start.startsWith("%pdf")) {
            return "a PDF document";
        }
        if (start.startsWith("ii*\0") || start.startsWith("mm\0*")) {
            return "a TIFF or camera raw file";
        }
        if (bytes.has(4, "ftyp")) {
            return "an HEIC, AVIF or video file";
        }
        return start.startsWith("{") || start.startsWith("[") ? "JSON text" : null;
    }

    private static String firstBytes(ByteReader bytes) throws ImageDecodeException {
        StringBuilder hex = new StringBuilder("bytes");
        for (int i = 0; i < Math.min(bytes.length(), SHOWN_BYTES); i++) {
            hex.append(String.format(Locale.ROOT, " %02x", bytes.u8(i)));
        }
        return hex.toString();
    }
}
