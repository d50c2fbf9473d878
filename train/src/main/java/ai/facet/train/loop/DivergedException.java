package ai.facet.train.loop;

/** The loss is no longer a number: no later step can mend the weights. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(int epoch, long step) {
        super("the loss stopped being a number in epoch " + epoch + " at step " + step
                + ". Use a lower --learning-rate; the best checkpoint so far is kept");
    }
}
