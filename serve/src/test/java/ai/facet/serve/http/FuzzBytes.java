package ai.facet.serve.http;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes: a few changes of all kinds that are known to find faults in parsers. For one thread. */
final class FuzzBytes {
    private static final int MOST_CHANGES = 6;
    private static final int MOST_INSERTED = 300;
    private static final byte[] EDGES = {0, 1, 9, 10, 13, 32, 34, 37, 44, 45, 47, 58, 59, 61, 92, 127, -128, -1};

    private final Random random;

    FuzzBytes(Random random) {
        this.random = random;
    }

    /** A damaged copy; now and then the same bytes. */
    byte[] damage(byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            damaged = change(damaged);
        }
        return damaged;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return noise(1 + random.nextInt(MOST_INSERTED));
        }
        int at = position(bytes.length);
        int end = at + 1 + random.nextInt(Math.min(bytes.length - at, MOST_INSERTED));
        return switch (random.nextInt(8)) {
            case 0 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
            case 1 -> with(bytes, at, (byte) random.nextInt());
            case 2 -> with(bytes, at, EDGES[random.nextInt(EDGES.length)]);
            case 3 -> splice(bytes, at, end, new byte[0]);
            case 4 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 5 -> splice(bytes, at, at, noise(end - at));
            case 6 -> Arrays.copyOf(bytes, at);
            default -> with(bytes, at, number());
        };
    }

    /** Half of all changes are near the beginning, where sizes and names stand. */
    private int position(int length) {
        return random.nextInt(random.nextBoolean() ? length : Math.min(length, 64));
    }

    private static byte[] with(byte[] bytes, int at, byte... values) {
        byte[] changed = bytes.clone();
        System.arraycopy(values, 0, changed, at, Math.min(values.length, bytes.length - at));
        return changed;
    }

    /** Four bytes that a size or offset may turn into. */
    private byte[] number() {
        int value = List.of(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF, 0x10000, 0x7FFF)
                .get(random.nextInt(7));
        int bits = random.nextBoolean() ? Integer.reverseBytes(value) : value;
        return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length);
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
