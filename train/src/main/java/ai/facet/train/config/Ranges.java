package ai.facet.train.config;

/** Checks of settings. Each failure names the option, the value and what was expected. */
final class Ranges {
    private Ranges() {}

    static void atLeast(String option, int value, int smallest) {
        if (value < smallest) {
            throw new IllegalArgumentException(option + " is " + value + "; expected at least " + smallest);
        }
    }

    static void inRange(String option, double value, double smallest, double largest) {
        if (!(value >= smallest && value <= largest)) {
            String least = smallest == Double.MIN_VALUE ? "above 0" : String.valueOf(smallest);
            throw new IllegalArgumentException(option + " is " + value + "; expected " + least + " to " + largest);
        }
    }
}
