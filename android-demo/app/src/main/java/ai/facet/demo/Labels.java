package ai.facet.demo;

import static java.util.Map.entry;

import ai.facet.schema.Attribute;
import android.content.Context;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people read instead of a data set's spelling: the attributes and classes that the original data has are translated,
 * those of other models are only parted into words ({@code hairColour_left}: Hair colour left).
 */
final class Labels {
    private static final Map<String, Integer> KNOWN = Map.ofEntries(
            entry("gender", R.string.gender),
            entry("gender:female", R.string.gender_female),
            entry("gender:male", R.string.gender_male),
            entry("imagequality", R.string.imagequality),
            entry("imagequality:average", R.string.imagequality_average),
            entry("imagequality:bad", R.string.imagequality_bad),
            entry("imagequality:good", R.string.imagequality_good),
            entry("age", R.string.age),
            entry("weight", R.string.weight),
            entry("weight:normalhealthy", R.string.weight_normal),
            entry("weight:overweight", R.string.weight_over),
            entry("weight:slightlyoverweight", R.string.weight_slightly_over),
            entry("weight:underweight", R.string.weight_under),
            entry("carryingbag", R.string.carryingbag),
            entry("carryingbag:dailyofficeworkbag", R.string.carryingbag_daily),
            entry("carryingbag:groceryhomeplasticbag", R.string.carryingbag_grocery),
            entry("carryingbag:none", R.string.carryingbag_none),
            entry("footwear", R.string.footwear),
            entry("footwear:cantsee", R.string.footwear_hidden),
            entry("footwear:fancy", R.string.footwear_fancy),
            entry("footwear:normal", R.string.footwear_normal),
            entry("emotion", R.string.emotion),
            entry("emotion:angryserious", R.string.emotion_angry),
            entry("emotion:happy", R.string.emotion_happy),
            entry("emotion:neutral", R.string.emotion_neutral),
            entry("emotion:sad", R.string.emotion_sad),
            entry("bodypose", R.string.bodypose),
            entry("bodypose:back", R.string.bodypose_back),
            entry("bodypose:frontfrontish", R.string.bodypose_front),
            entry("bodypose:side", R.string.bodypose_side));

    private Labels() {}

    static String of(Context context, Attribute attribute) {
        return text(context, key(attribute.id()), attribute.title());
    }

    static String of(Context context, Attribute attribute, String className) {
        return text(context, key(attribute.id()) + ":" + key(className), className);
    }

    private static String text(Context context, String key, String otherwise) {
        @Nullable Integer known = KNOWN.get(key);
        return known == null ? words(otherwise) : context.getString(known);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]", "");
    }

    /** Underscores become spaces, capitals inside a word begin a new one, the first letter is a capital. */
    static String words(String name) {
        String parted = name.replace('_', ' ').trim();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < parted.length(); i++) {
            char letter = parted.charAt(i);
            boolean begins = i > 0 && Character.isUpperCase(letter) && Character.isLowerCase(parted.charAt(i - 1));
            boolean acronym = begins && i + 1 < parted.length() && Character.isUpperCase(parted.charAt(i + 1));
            if (begins) {
                words.append(' ');
            }
            words.append(begins && !acronym ? Character.toLowerCase(letter) : letter);
        }
        return words.length() == 0 ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
