/**
 * What a model answers: plain records and their JSON form, the one form that the command line, the server, DJL Serving
 * and Android share.
 *
 * <p>Reading order: {@link ai.facet.prediction.Prediction}, {@link ai.facet.prediction.AttributePrediction},
 * {@link ai.facet.prediction.Softmax}, {@link ai.facet.prediction.Int8Check} (which answers an int8 model has to give wherever
 * it is loaded).
 */
@NullMarked
package ai.facet.prediction;

import org.jspecify.annotations.NullMarked;
