/**
 * The tensors of the Open Inference Protocol (KServe's v2) as JSON, without HTTP.
 *
 * <p>The one input is {@code image}, BYTES {@code [n]}: n encoded pictures as base64. For each attribute there are the
 * outputs {@code <id>} (the class's name, BYTES {@code [n]}), {@code <id>.probabilities} (calibrated, FP32
 * {@code [n, classes]}) and {@code <id>.unsure} (whether the model withholds the answer, BOOL {@code [n]}). No attribute id has a dot, so names never
 * collide.
 *
 * <p>Reading order: {@link ai.facet.serve.openinference.InferenceRequest},
 * {@link ai.facet.serve.openinference.OutputTensors}, {@link ai.facet.serve.openinference.OutputTensor},
 * {@link ai.facet.serve.openinference.InferenceResponse}, {@link ai.facet.serve.openinference.ModelMetadata}.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol">the specification</a>
 */
@NullMarked
package ai.facet.serve.openinference;

import org.jspecify.annotations.NullMarked;
