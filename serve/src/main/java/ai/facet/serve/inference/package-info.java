/**
 * Exported models on ONNX Runtime, through DJL's engine. Three lines answer a picture:
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.open(Path.of("bundles/person"), InferenceOptions.DEFAULT)) {
 *     Prediction answer = predictor.predict(Path.of("photo.jpg"));
 *     System.out.println(answer.attributes().get(0).className());
 * }
 * }</pre>
 *
 * <p>Reading order: {@link ai.facet.serve.inference.Predictor}, {@link ai.facet.serve.inference.OnnxModel},
 * {@link ai.facet.serve.inference.OnnxFile}, {@link ai.facet.serve.inference.BatchOutput},
 * {@link ai.facet.serve.inference.InferenceOptions}.
 */
@NullMarked
package ai.facet.serve.inference;

import org.jspecify.annotations.NullMarked;
