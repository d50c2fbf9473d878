package ai.facet.decode;

import java.util.Arrays;

/** GIF's variant of LZW: codes of growing length, least significant bit first. For one use. */
final class GifLzw {
    private static final int MAX_CODES = 1 << 12;

    private final byte[] data;
    private final int clearCode;
    private final int firstCodeBits;
    private final int[] previous = new int[MAX_CODES];
    private final byte[] last = new byte[MAX_CODES];
    private final byte[] stack = new byte[MAX_CODES + 1];
    private int bitPosition;

    GifLzw(byte[] data, int pixelBits) {
        this.data = data;
        this.clearCode = 1 << pixelBits;
        this.firstCodeBits = pixelBits + 1;
        for (int i = 0; i < clearCode; i++) {
            last[i] = (byte) i;
        }
    }

    /** Colour indices, {@code count} of them or fewer if the data ends or breaks a rule. */
    byte[] decode(int count) {
        byte[] out = new byte[count];
        int filled = 0;
        int bits = firstCodeBits;
        int next = clearCode + 2;
        int before = -1;
        while (filled < count) {
            int code = read(bits);
            if (code < 0 || code == clearCode + 1 || code > next || (code == next && before < 0)) {
                break;
            }
            if (code == clearCode) {
                bits = firstCodeBits;
                next = clearCode + 2;
                before = -1;
                continue;
            }
            int depth = unwind(code == next ? before : code, code == next);
            byte first = stack[depth - 1];
            if (code == next) {
                stack[0] = first;
            }
            while (depth > 0 && filled < count) {
                out[filled++] = stack[--depth];
            }
            if (before >= 0 && next < MAX_CODES) {
                previous[next] = before;
                last[next++] = first;
                bits += next == 1 << bits && bits < 12 ? 1 : 0;
            }
            before = code;
        }
        return filled == count ? out : Arrays.copyOf(out, filled);
    }

    /** Puts a code's string on the stack, last byte first; {@code one} leaves room below for one byte more. */
    private int unwind(int code, boolean one) {
        int depth = one ? 1 : 0;
        int c = code;
        while (c > clearCode) {
            stack[depth++] = last[c];
            c = previous[c];
        }
        stack[depth++] = last[c];
        return depth;
    }

    private int read(int bits) {
        if (bitPosition + bits > data.length * 8L) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < bits; i++, bitPosition++) {
            code |= (data[bitPosition >> 3] >> (bitPosition & 7) & 1) << i;
        }
        return code;
    }
}
