package ai.facet.train.optimize;

/** The learning rate of every step. */
@FunctionalInterface
public interface LearningRates {
    /** The rate of a step, counted from 0. */
    double at(long step);
}
