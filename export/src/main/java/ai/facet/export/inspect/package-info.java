/**
 * What is in a model file, found out in plain Java: no native code sees the file, and nothing in it is believed.
 *
 * <p>Limits: an ONNX file may hold {@code OnnxStructure}'s number of messages, nesting and bytes beside its weights, which
 * are skipped and never loaded; a TorchScript archive {@code TorchArchive}'s number of records and inflated bytes; a
 * checkpoint must fit into half of the heap. What is beyond them is an error that says so.
 *
 * <p>Reading order: {@link ai.facet.export.inspect.ModelInspector}, {@code OnnxFacts}, {@code OnnxStructure},
 * {@code TorchFacts}, {@code TorchArchive}, {@code CheckpointFacts}, {@code DescriptionFacts},
 * {@link ai.facet.export.inspect.FactsText}; the drawing: {@link ai.facet.export.inspect.GraphSvg}, {@code DrawnGraph},
 * {@code GraphLayout}.
 */
@NullMarked
package ai.facet.export.inspect;

import org.jspecify.annotations.NullMarked;
