package ai.facet.annotations;

/**
 * How a data set is to be divided.
 *
 * @param seed the same images and seed give the same sides, in whatever order the rows stand
 * @param validationFraction of the images, 0 to 1
 * @param testFraction of the images, 0 to 1; training gets the rest
 * @param keepNearDuplicatesTogether whether images that look the same are put on one side
 */
public record SplitOptions(
        long seed, double validationFraction, double testFraction, boolean keepNearDuplicatesTogether) {
    public SplitOptions {
        boolean valid = validationFraction >= 0 && testFraction >= 0 && validationFraction + testFraction < 1;
        if (!valid) {
            throw new IllegalArgumentException("validation fraction " + validationFraction + " and test fraction "
                    + testFraction + "; expected neither below 0 and a sum below 1");
        }
    }

    double fraction(SplitSide side) {
        return switch (side) {
            case TRAIN -> 1 - validationFraction - testFraction;
            case VALIDATION -> validationFraction;
            case TEST -> testFraction;
        };
    }
}
