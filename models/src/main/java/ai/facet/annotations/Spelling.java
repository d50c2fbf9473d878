package ai.facet.annotations;

import java.util.Locale;
import java.util.regex.Pattern;

/** How alike two class names are. */
final class Spelling {
    private static final int SHORTEST = 3;
    private static final int MOST_ERRORS = 2;
    private static final int LETTERS_AN_ERROR = 3;
    private static final Pattern JOINT = Pattern.compile("(?<=[\\p{L}\\p{N}])[\\s_-]+(?=[\\p{L}\\p{N}])");
    private static final Pattern NO_DIGITS = Pattern.compile("\\P{N}+");

    private Spelling() {}

    /** Whether only case, spaces, hyphens and underscores differ. */
    static boolean same(String a, String b) {
        return plain(a).equals(plain(b));
    }

    /** Whether one may be the other with a typing error or two. Other digits are another class, not an error. */
    static boolean similar(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int allowed = Math.min(MOST_ERRORS, Math.max(1, length / LETTERS_AN_ERROR));
        return same(a, b)
                || length >= SHORTEST && digits(a).equals(digits(b)) && distance(plain(a), plain(b)) <= allowed;
    }

    /** How far one is from the other, for names that are similar; people rarely get the first letter wrong. */
    static int gap(String a, String b) {
        return 2 * distance(plain(a), plain(b)) + (plain(a).charAt(0) == plain(b).charAt(0) ? 0 : 1);
    }

    private static String plain(String name) {
        return JOINT.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static String digits(String name) {
        return NO_DIGITS.matcher(name).replaceAll("");
    }

    /** Letters that are missing, too many, different, or exchanged with their neighbour (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] d) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
