package ai.facet.export.graph;

import java.util.List;
import java.util.Locale;

/** Literals as TorchScript's parser reads them. */
final class TorchText {
    private TorchText() {}

    static String list(List<Long> values) {
        return values.toString();
    }

    /** A float literal must hold a point or an exponent, or it would be an integer. */
    static String number(double value) {
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }

    static String bool(boolean value) {
        return value ? "True" : "False";
    }

    /** {@code 1d}, {@code 2d} or {@code 3d} after the number of spatial axes. */
    static String axes(List<Long> spatial) {
        return spatial.size() + "d";
    }
}
