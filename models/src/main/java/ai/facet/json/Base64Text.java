package ai.facet.json;

import java.util.Base64;

/** Base64 (RFC 4648, with or without line breaks) as clients send pictures in JSON. */
public final class Base64Text {
    private static final String EXPECTED = "; expected base64 (A-Z, a-z, 0-9, '+', '/', '=' at the end)";

    private Base64Text() {}

    /**
     * The bytes that a text stands for.
     *
     * @param place what the text is called in error messages
     * @throws JsonException naming the first wrong character and its position, counted from 1
     */
    public static byte[] decode(String text, String place) {
        for (int i = 0; i < text.length(); i++) {
            if (!isKnown(text.charAt(i))) {
                throw new JsonException(place + ": character " + (i + 1) + " is " + shown(text, i) + EXPECTED);
            }
        }
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException(place + " is cut or wrongly padded: " + e.getMessage() + EXPECTED);
        }
    }

    /** The MIME decoder skips line breaks, and whatever else is not base64; only line breaks are meant. */
    private static boolean isKnown(char c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || "+/=\r\n".indexOf(c) >= 0;
    }

    private static String shown(String text, int index) {
        char c = text.charAt(index);
        return c > ' ' && c < 127 ? "'" + c + "'" : String.format("U+%04X", text.codePointAt(index));
    }
}
