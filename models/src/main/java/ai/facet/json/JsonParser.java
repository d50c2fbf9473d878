package ai.facet.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recursive-descent parser for RFC 8259, stricter in one thing: a key may stand only once in an object. */
final class JsonParser {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LONG_LENGTH = 20; // of Long.MIN_VALUE

    private final String text;
    private final String source;
    private int position;
    private int depth;

    JsonParser(String text, String source) {
        this.text = text;
        this.source = source;
    }

    @Nullable
    Object parseDocument() {
        Object value = parseValue();
        skipSpace();
        if (position < text.length()) {
            throw error("expected the end of the text");
        }
        return value;
    }

    private @Nullable Object parseValue() {
        skipSpace();
        char c = peek();
        return switch (c) {
            case '{' -> nested(this::parseMap);
            case '[' -> nested(this::parseList);
            case '"' -> parseString();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> parseNumber();
        };
    }

    private Object nested(java.util.function.Supplier<Object> parser) {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH);
        }
        Object value = parser.get();
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> parseMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        position++;
        if (accept('}')) {
            return map;
        }
        do {
            skipSpace();
            String key = parseString();
            expect(':');
            if (map.containsKey(key)) {
                throw error("key \"" + key + "\" stands twice");
            }
            map.put(key, parseValue());
        } while (accept(','));
        expect('}');
        return map;
    }

    private List<@Nullable Object> parseList() {
        List<@Nullable Object> list = new ArrayList<>();
        position++;
        if (accept(']')) {
            return list;
        }
        do {
            list.add(parseValue());
        } while (accept(','));
        expect(']');
        return list;
    }

    private String parseString() {
        if (peek() != '"') {
            throw error("expected a string");
        }
        position++;
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(position++);
            if (c < ' ') {
                throw error("control character in a string");
            }
            out.append(c == '\\' ? parseEscape() : c);
        }
        position++;
        return out.toString();
    }

    private char parseEscape() {
        char c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> parseUnicode();
            default -> throw error("unknown escape \\" + c);
        };
    }

    private char parseUnicode() {
        if (position + 4 > text.length()) {
            throw error("\\u needs four hexadecimal digits");
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = text.charAt(position++);
            int digit = c < 128 ? Character.digit(c, 16) : -1; // digits of other scripts are not JSON's
            if (digit < 0) {
                throw error("\\u needs four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Number parseNumber() {
        int start = position;
        acceptChar('-');
        boolean zero = peek() == '0';
        int digits = digits();
        if (digits == 0 || (zero && digits > 1)) {
            position = start;
            throw error("expected a value");
        }
        boolean integer = true;
        if (acceptChar('.')) {
            integer = false;
            requireDigits();
        }
        if (acceptChar('e') || acceptChar('E')) {
            integer = false;
            if (!acceptChar('+')) {
                acceptChar('-');
            }
            requireDigits();
        }
        return toNumber(text.substring(start, position), integer);
    }

    private Number toNumber(String number, boolean integer) {
        if (integer && number.length() <= MAX_LONG_LENGTH) {
            BigInteger value = new BigInteger(number);
            if (value.bitLength() < Long.SIZE) {
                return value.longValue();
            }
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            throw error("number " + number + " is out of range");
        }
        return value;
    }

    private int digits() {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        return position - start;
    }

    private void requireDigits() {
        if (digits() == 0) {
            throw error("expected a digit");
        }
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        if (!text.startsWith(word, position)) {
            throw error("expected " + word);
        }
        position += word.length();
        return value;
    }

    private boolean acceptChar(char wanted) {
        if (position < text.length() && text.charAt(position) == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private boolean accept(char wanted) {
        skipSpace();
        return acceptChar(wanted);
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw error("expected '" + wanted + "'");
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw error("the text ends too early");
        }
        return text.charAt(position);
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private JsonException error(String what) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(position, text.length()); i++) {
            boolean newLine = text.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return new JsonException(source + ":" + line + ":" + column + ": " + what);
    }
}
