package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import android.content.Context;
import android.graphics.Color;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** Text can be read on what it stands on, by day and by night. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public final class ContrastTest {
    private static final double LEAST = 4.5; // WCAG 2.2, 1.4.3, level AA

    private static final int[][] TEXT_ON = {
        {R.color.text, R.color.card},
        {R.color.text, R.color.background},
        {R.color.quiet, R.color.card},
        {R.color.quiet, R.color.background},
        {R.color.doubt, R.color.card},
        {R.color.doubt, R.color.doubt_card},
        {R.color.error, R.color.error_card},
        {R.color.on_accent, R.color.accent},
        {R.color.accent, R.color.tonal},
        {R.color.quiet, R.color.track}, // buttons that cannot be pressed
    };

    @Test
    public void byDay() {
        check();
    }

    @Test
    @Config(qualifiers = "night")
    public void byNight() {
        check();
    }

    private static void check() {
        Context context = RuntimeEnvironment.getApplication();
        for (int[] pair : TEXT_ON) {
            double text = Color.luminance(context.getColor(pair[0]));
            double behind = Color.luminance(context.getColor(pair[1]));
            double contrast = (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05);
            assertThat(contrast)
                    .as(
                            "%s on %s",
                            context.getResources().getResourceEntryName(pair[0]),
                            context.getResources().getResourceEntryName(pair[1]))
                    .isGreaterThanOrEqualTo(LEAST);
        }
    }
}
