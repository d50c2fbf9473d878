package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.description.ModelDescription;
import ai.facet.schema.Attribute;
import android.content.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** Words instead of a data set's spelling. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35)
public final class LabelsTest {
    private static Context context() {
        return RuntimeEnvironment.getApplication();
    }

    private static List<Attribute> attributes() throws Exception {
        String text = Files.readString(Path.of("app/src/main/assets/model/model.json"));
        return ModelDescription.parse(text, "model.json").schema().attributes();
    }

    @Test
    public void theOriginalAttributesAndClassesAreInPlainWords() throws Exception {
        List<String> labels = labels();

        assertThat(labels)
                .contains("Image quality", "Carrying a bag", "Can't be seen", "Normal, healthy", "From the front")
                .allMatch(label -> label.matches("[A-Z0-9].*"))
                .noneMatch(label -> label.contains("/") || label.contains("_"));
    }

    /** Every class of the app's own model, so that a label that is not found shows. */
    @Test
    @Config(qualifiers = "de")
    public void everyOneIsInGerman() throws Exception {
        List<String> german = labels();

        RuntimeEnvironment.setQualifiers("en");
        List<String> english = labels();
        for (int i = 0; i < german.size(); i++) {
            if (!english.get(i).matches("[-\\d+]+|Normal|Neutral")) {
                assertThat(german.get(i)).isNotEqualTo(english.get(i));
            }
        }
        assertThat(german).contains("Bildqualität", "Nicht zu sehen");
    }

    private static List<String> labels() throws Exception {
        List<String> labels = new ArrayList<>();
        for (Attribute attribute : attributes()) {
            labels.add(Labels.of(context(), attribute));
            attribute.classes().forEach(name -> labels.add(Labels.of(context(), attribute, name)));
        }
        return labels;
    }

    @Test
    public void otherNamesArePartedIntoWords() {
        assertThat(Labels.words("hairColour_left")).isEqualTo("Hair colour left");
        assertThat(Labels.words("isHDRPicture")).isEqualTo("Is HDRPicture");
        assertThat(Labels.words("25-35")).isEqualTo("25-35");
        assertThat(Labels.words("größeÄnderung")).isEqualTo("Größe änderung");
        assertThat(Labels.words("_")).isEqualTo("_");
    }

    @Test
    public void aClassThatIsNotKnownStaysBesideOneThatIs() {
        Attribute weight = new Attribute("weight", "weight", List.of("below_60kg", "overWeight"));

        assertThat(Labels.of(context(), weight)).isEqualTo("Weight");
        assertThat(Labels.of(context(), weight, "below_60kg")).isEqualTo("Below 60kg");
        assertThat(Labels.of(context(), weight, "overWeight")).isEqualTo("Overweight");
    }
}
