package ai.facet.decode;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a matrix-and-curves ICC profile (ICC.1:2022) that {@link IccTransform} needs.
 *
 * @param curves {@code [3][256]}: linear light of each 8-bit sample
 * @param colourants 3x3 row by row, linear RGB to XYZ (D50); empty for grey
 */
record IccProfile(double[][] curves, double[] colourants) {
    private static final int TAG_TABLE = 128;
    private static final int TAG_BYTES = 12;
    private static final int SAMPLES = 256;
    private static final int MAX_TAGS = 200;

    /** Null for a profile that is not of the picture's colour space or breaks the format's rules. */
    static @Nullable IccProfile read(byte[] profile, boolean grey, String name) throws ImageDecodeException {
        ByteReader bytes = new ByteReader(profile, name);
        if (!bytes.has(36, "acsp") || !bytes.has(16, grey ? "GRAY" : "RGB ")) {
            return null;
        }
        if (!grey && isMadeOfTables(bytes)) {
            throw ImageDecodeException.unsupported(
                    name,
                    "has an ICC profile made of tables; expected sRGB or a profile of matrix and curves. Convert it");
        }
        try {
            return grey ? readGrey(bytes) : readRgb(bytes);
        } catch (ImageDecodeException e) {
            return null; // cut or malformed: every viewer ignores such a profile
        }
    }

    private static boolean isMadeOfTables(ByteReader bytes) {
        try {
            return tag(bytes, "rXYZ") == null && tag(bytes, "A2B0") != null;
        } catch (ImageDecodeException e) {
            return false; // malformed: see above
        }
    }

    private static @Nullable IccProfile readGrey(ByteReader bytes) throws ImageDecodeException {
        ByteReader tag = tag(bytes, "kTRC");
        if (tag == null) {
            return null;
        }
        double[] curve = curve(tag);
        return new IccProfile(new double[][] {curve, curve, curve}, new double[0]);
    }

    private static @Nullable IccProfile readRgb(ByteReader bytes) throws ImageDecodeException {
        double[][] curves = new double[3][];
        double[] colourants = new double[9];
        for (int c = 0; c < 3; c++) {
            char channel = "rgb".charAt(c);
            ByteReader xyz = tag(bytes, channel + "XYZ");
            ByteReader curve = tag(bytes, channel + "TRC");
            if (xyz == null || curve == null) {
                return null;
            }
            curves[c] = curve(curve);
            for (int i = 0; i < 3; i++) {
                colourants[i * 3 + c] = fixed(xyz, 8 + 4 * i);
            }
        }
        return new IccProfile(curves, colourants);
    }

    /** The content of a tag; null if the profile lacks it. */
    private static @Nullable ByteReader tag(ByteReader bytes, String signature) throws ImageDecodeException {
        long count = Math.min(bytes.length() < TAG_TABLE + 4 ? 0 : bytes.u32be(TAG_TABLE), MAX_TAGS);
        for (int i = 0; i < count; i++) {
            long entry = TAG_TABLE + 4 + (long) i * TAG_BYTES;
            if (bytes.has(entry, signature)) {
                long offset = bytes.u32be(entry + 4);
                long length = bytes.u32be(entry + 8);
                boolean inside = offset + length <= bytes.length();
                return inside ? bytes.part(offset, length) : null;
            }
        }
        return null;
    }

    private static double[] curve(ByteReader tag) throws ImageDecodeException {
        boolean parametric = tag.has(0, "para");
        double[] samples = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double x = i / (SAMPLES - 1.0);
            samples[i] = Math.max(0, Math.min(1, parametric ? parametric(tag, x) : sampled(tag, x)));
        }
        return samples;
    }

    /** {@code curv}: nothing is the identity, one number a gamma, more a table to interpolate in. */
    private static double sampled(ByteReader tag, double x) throws ImageDecodeException {
        long count = tag.u32be(8);
        if (count == 0) {
            return x;
        }
        if (count == 1) {
            return StrictMath.pow(x, tag.u16be(12) / 256.0);
        }
        double position = x * (count - 1);
        long below = Math.min((long) position, count - 2);
        double low = tag.u16be(12 + 2 * below);
        double high = tag.u16be(14 + 2 * below);
        return (low + (high - low) * (position - below)) / 65535.0;
    }

    /** {@code para}, function types 0 to 4: {@code (a x + b)^g + e} from d on, {@code c x + f} below. */
    private static double parametric(ByteReader tag, double x) throws ImageDecodeException {
        int type = tag.u16be(8);
        double gamma = fixed(tag, 12);
        if (type == 0) {
            return StrictMath.pow(x, gamma);
        }
        double a = fixed(tag, 16);
        double b = fixed(tag, 20);
        double c = type >= 2 ? fixed(tag, 24) : 0;
        double above = StrictMath.pow(Math.max(0, a * x + b), gamma);
        if (type <= 2) {
            return x >= -b / a ? above + c : c;
        }
        double d = fixed(tag, 28);
        double e = type == 4 ? fixed(tag, 32) : 0;
        double f = type == 4 ? fixed(tag, 36) : 0;
        return x >= d ? above + e : c * x + f;
    }

    /** s15Fixed16Number. */
    private static double fixed(ByteReader tag, int offset) throws ImageDecodeException {
        return (int) tag.u32be(offset) / 65536.0;
    }
}
