/**
 * Exported models on ONNX Runtime, through DJL's engine. Three lines answer a picture:
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.open(Path.of("bundles/person"))) {
 *     Prediction answer = predictor.predict(Path.of("photo.jpg"));
 *     System.out.println(answer.attributes().get(0).className());
 * }
 * }</pre>
 *
 * <p>{@link ai.facet.serve.inference.HeatPredictor} also says where in the picture each answer comes from, if the
 * bundle was exported with {@code --explain}.
 *
 * <p>Reading order: {@link ai.facet.serve.inference.Predictor}, {@link ai.facet.serve.inference.OnnxModel},
 * {@code Int8Start}, {@code OnnxSession}, {@code OnnxFile}, {@link ai.facet.serve.inference.BatchOutput},
 * {@link ai.facet.serve.inference.InferenceOptions}, {@link ai.facet.serve.inference.PrecisionChoice},
 * {@link ai.facet.serve.inference.Precision}; {@link ai.facet.serve.inference.HeatPredictor},
 * {@link ai.facet.serve.inference.HeatModel}, {@link ai.facet.serve.inference.Answer}.
 */
@NullMarked
package ai.facet.serve.inference;

import org.jspecify.annotations.NullMarked;
