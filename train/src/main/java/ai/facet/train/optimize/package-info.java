/**
 * How weights change: learning-rate schedule, clipping of gradients, update rules. Everything here runs on the engine
 * thread with gradients switched off.
 *
 * <p>DJL's own optimizers are not used: their state can neither be stored nor restored, momentum is not PyTorch's, and
 * weight decay reaches biases and batch normalisation.
 *
 * <p>Reading order: {@link ai.facet.train.optimize.LearningRates}, {@link ai.facet.train.optimize.LearningRateSchedule},
 * {@link ai.facet.train.optimize.ReduceOnPlateau},
 * {@link ai.facet.train.optimize.TrainableParameter}, {@link ai.facet.train.optimize.FlatParameters},
 * {@link ai.facet.train.optimize.ParameterUpdate}, {@link ai.facet.train.optimize.Mirror},
 * {@link ai.facet.train.optimize.UpdateRule}, {@link ai.facet.train.optimize.Sgd},
 * {@link ai.facet.train.optimize.AdamW}, {@link ai.facet.train.optimize.OptimizerState}.
 */
@NullMarked
package ai.facet.train.optimize;

import org.jspecify.annotations.NullMarked;
