package ai.facet.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlPageTest {
    private static final double READABLE = 4.5; // WCAG 2.2, success criterion 1.4.3, level AA
    private static final String CSS = HtmlPage.resource(HtmlPage.class, "facet.css");
    private static final Pattern COLOUR = Pattern.compile("--([a-z]+): #([0-9a-f]{6});");

    @Test
    void aTitleIsEscapedAndBothSchemesAreDeclared() {
        assertThat(HtmlPage.of("<i>", "", "<p>body</p>\n"))
                .contains("<title>&lt;i&gt;</title>", "<h1>&lt;i&gt;</h1>\n<p>body</p>", "color-scheme: light dark")
                .doesNotContain("<i>");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void textIsReadableOnEveryGroundInLightAndDark(int scheme) {
        Map<String, Double> colours = luminances(CSS.split("@media \\(prefers-color-scheme: dark\\)")[scheme]);

        for (String text : List.of("ink", "soft", "good", "warn", "bad")) {
            for (String ground : List.of("page", "card")) {
                assertThat(contrast(colours, text, ground))
                        .as(text + " on " + ground)
                        .isGreaterThan(READABLE);
            }
        }
        assertThat(contrast(colours, "ink", "hit")).isGreaterThan(READABLE);
        assertThat(contrast(colours, "ink", "miss")).isGreaterThan(READABLE);
    }

    private static double contrast(Map<String, Double> colours, String text, String ground) {
        double a = colours.getOrDefault(text, 0.0);
        double b = colours.getOrDefault(ground, 0.0);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static Map<String, Double> luminances(String css) {
        Map<String, Double> found = new HashMap<>();
        COLOUR.matcher(css).results().forEach(m -> found.put(m.group(1), luminance(Integer.parseInt(m.group(2), 16))));
        return found;
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xFF) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
