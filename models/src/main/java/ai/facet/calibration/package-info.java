/**
 * Makes probabilities mean what they say, from answers on pictures that were not trained on.
 *
 * <p>Reading order: {@link ai.facet.calibration.NetworkCalibration}, {@link ai.facet.calibration.TemperatureScaling},
 * {@link ai.facet.calibration.SelectiveRisk}, {@link ai.facet.calibration.BinomialBound},
 * {@link ai.facet.calibration.Reliability}.
 */
@NullMarked
package ai.facet.calibration;

import org.jspecify.annotations.NullMarked;
