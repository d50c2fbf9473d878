/**
 * Graph to ONNX: IR version 8, operator set 17, weights inside the file, no clock and no machine in it.
 *
 * <p>The classes in package {@code onnx} are generated from {@code onnx-ml.proto} of the ONNX project (Apache-2.0).
 *
 * <p>Reading order: {@link ai.facet.export.onnx.OnnxWriter}, {@code OnnxNames}.
 */
@NullMarked
package ai.facet.export.onnx;

import org.jspecify.annotations.NullMarked;
