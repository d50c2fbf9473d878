package ai.facet.train.synth;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * One person's labels.
 *
 * @param classes a class index for each of {@link Attributes}
 */
record PersonTraits(Map<Attributes, Integer> classes) {
    PersonTraits {
        classes = Map.copyOf(classes);
    }

    /** Attributes are drawn independently of each other. */
    static PersonTraits draw(SplittableRandom random) {
        Map<Attributes, Integer> classes = new EnumMap<>(Attributes.class);
        for (Attributes attribute : Attributes.values()) {
            classes.put(attribute, attribute.draw(random));
        }
        return new PersonTraits(classes);
    }

    String className(Attributes attribute) {
        return attribute.classes().get(index(attribute));
    }

    boolean is(Attributes attribute, String className) {
        return className(attribute).equals(className);
    }

    boolean female() {
        return is(Attributes.GENDER, "female");
    }

    /** 0 for the youngest class to 4 for the oldest. */
    int ageLevel() {
        return index(Attributes.AGE);
    }

    boolean happy() {
        return is(Attributes.EMOTION, "Happy");
    }

    boolean angry() {
        return is(Attributes.EMOTION, "Angry/Serious");
    }

    boolean sad() {
        return is(Attributes.EMOTION, "Sad");
    }

    boolean side() {
        return is(Attributes.POSE, "Side");
    }

    boolean back() {
        return is(Attributes.POSE, "Back");
    }

    boolean groceryBag() {
        return is(Attributes.BAG, "Grocery/Home/Plastic Bag");
    }

    boolean workBag() {
        return is(Attributes.BAG, "Daily/Office/Work Bag");
    }

    boolean feetHidden() {
        return is(Attributes.FOOTWEAR, "CantSee");
    }

    boolean fancyShoes() {
        return is(Attributes.FOOTWEAR, "Fancy");
    }

    private int index(Attributes attribute) {
        return Objects.requireNonNull(classes.get(attribute), attribute.title());
    }
}
