package ai.facet.export.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** ONNX's way to write padding and dilation of windows. */
final class Windows {
    private Windows() {}

    /** Symmetric padding as ONNX wants it: all begins, then all ends. */
    static List<Long> onnxPads(List<Long> padding) {
        List<Long> pads = new ArrayList<>(padding);
        pads.addAll(padding);
        return pads;
    }

    static List<Long> ones(int axes) {
        return Collections.nCopies(axes, 1L);
    }
}
