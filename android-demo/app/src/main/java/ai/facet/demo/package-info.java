/**
 * A picture in, the model's answers out, on the phone alone.
 *
 * <p>Reading order: {@link ai.facet.demo.MainActivity} (the screen) with {@link ai.facet.demo.AnswerRows} and
 * {@link ai.facet.demo.Labels}, {@link ai.facet.demo.Asker} (the one thread that decodes and infers, and what it last found),
 * {@link ai.facet.demo.Question} (a picture), {@link ai.facet.demo.PictureReader} and {@link ai.facet.demo.BitmapRows} (from a
 * file to rows of pixels), {@link ai.facet.demo.ModelFiles}, {@link ai.facet.demo.ModelChoice} (integers or floats) and
 * {@link ai.facet.demo.PhoneModel} (ONNX Runtime).
 */
@NullMarked
package ai.facet.demo;

import org.jspecify.annotations.NullMarked;
