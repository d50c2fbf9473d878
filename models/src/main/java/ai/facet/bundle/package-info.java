/**
 * The deployable folder that {@code facet export} writes and everything else reads.
 *
 * <p>Layout: {@code model.json} (the model description), {@code model.onnx}, {@code model.pt},
 * {@code serving.properties} (DJL Serving), {@code parity.json}, {@code MODEL_CARD.md}, and {@code SHA256SUMS} with one
 * line {@code <hash>  <file>} for each other file, as {@code sha256sum -c} reads it. A bundle is complete when
 * {@code SHA256SUMS} is there: it is written last.
 *
 * <p>Optional, since they were not always written: {@code model.explain.onnx} (the same network with class maps, see
 * {@code ai.facet.heat}); {@code model.int8.onnx} (the network in 8-bit integers) and {@code int8.json} (how it was made and how
 * well it answers, see {@code ai.facet.export.int8}; {@code selfCheck} is read by {@link ai.facet.prediction.Int8Check}). Such a
 * file belongs to the bundle only if {@code SHA256SUMS} lists it.
 *
 * <p>Reading order: {@link ai.facet.bundle.ModelBundle}, {@link ai.facet.bundle.BundleException}.
 */
@NullMarked
package ai.facet.bundle;

import org.jspecify.annotations.NullMarked;
