/**
 * The small typed graph between tracing and writing: what a network computes, without DJL, ONNX or TorchScript.
 *
 * <p>Every operation is one file that holds its meaning and its two renderings, so a new operation is a new file, a row
 * in the tracer's table and a test.
 *
 * <p>Reading order: {@link ai.facet.export.graph.Graph}, {@link ai.facet.export.graph.Node},
 * {@link ai.facet.export.graph.Op}, {@link ai.facet.export.graph.Operation}, {@link ai.facet.export.graph.Tensor},
 * {@link ai.facet.export.graph.IntegerConstant}, {@link ai.facet.export.graph.OnnxStep}, then the operations, {@link ai.facet.export.graph.Convolution} first.
 */
@NullMarked
package ai.facet.export.graph;

import org.jspecify.annotations.NullMarked;
