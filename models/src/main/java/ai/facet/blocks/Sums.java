package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** Sums of a residual and a shortcut. */
final class Sums {
    private Sums() {}

    /** {@code left + right}; closes the left one. */
    static NDList closingLeft(NDArray left, NDArray right) {
        try (left) {
            return new NDList(left.add(right));
        }
    }
}
