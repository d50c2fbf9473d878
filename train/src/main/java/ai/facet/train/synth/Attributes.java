package ai.facet.train.synth;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The eight attributes with their classes and how often each occurs: the counts are those of the 13,573 labels of the
 * original project (Human Visual Characteristics annotations), so the imbalance is the real one.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists and counts are never changed
enum Attributes {
    GENDER("gender", List.of("female", "male"), 5937, 7636),
    IMAGE_QUALITY("imagequality", List.of("Average", "Bad", "Good"), 7509, 2240, 3824),
    AGE("age", List.of("15-25", "25-35", "35-45", "45-55", "55+"), 2494, 5411, 3435, 1490, 743),
    WEIGHT(
            "weight",
            List.of("normal-healthy", "over-weight", "slightly-overweight", "underweight"),
            8628,
            891,
            3196,
            858),
    BAG("carryingbag", List.of("Daily/Office/Work Bag", "Grocery/Home/Plastic Bag", "None"), 4603, 1321, 7649),
    FOOTWEAR("footwear", List.of("CantSee", "Fancy", "Normal"), 5028, 2507, 6038),
    EMOTION("emotion", List.of("Angry/Serious", "Happy", "Neutral", "Sad"), 1500, 1609, 9660, 804),
    POSE("bodypose", List.of("Back", "Front-Frontish", "Side"), 2207, 8383, 2983);

    private final String title;
    private final List<String> classes;
    private final int[] counts;
    private final int total;

    Attributes(String title, List<String> classes, int... counts) {
        this.title = title;
        this.classes = classes;
        this.counts = counts;
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        this.total = sum;
    }

    /** The CSV column. */
    String title() {
        return title;
    }

    List<String> classes() {
        return classes;
    }

    /** The share of a class, 0 to 1. */
    double share(int classIndex) {
        return (double) counts[classIndex] / total;
    }

    /** A class index with the original frequencies. */
    int draw(SplittableRandom random) {
        int ticket = random.nextInt(total);
        int index = 0;
        while (ticket >= counts[index]) {
            ticket -= counts[index++];
        }
        return index;
    }
}
