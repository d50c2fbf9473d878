package ai.facet.metrics;

/** From probabilities to predicted classes. */
final class Predictions {
    private Predictions() {}

    /** The most probable class of each image; the first of equal ones. */
    static int[] of(int classes, float[] probabilities) {
        int[] predicted = new int[probabilities.length / classes];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = best(classes, probabilities, i);
        }
        return predicted;
    }

    static int best(int classes, float[] probabilities, int image) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (probabilities[image * classes + c] > probabilities[image * classes + best]) {
                best = c;
            }
        }
        return best;
    }
}
