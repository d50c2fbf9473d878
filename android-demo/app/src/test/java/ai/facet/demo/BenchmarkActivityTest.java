package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.content.Intent;
import android.view.View;
import android.widget.TextView;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, qualifiers = Screens.PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public final class BenchmarkActivityTest {
    @Test
    public void timesAnswersAndSharesThemAsText() throws Exception {
        ActivityController<BenchmarkActivity> controller =
                Robolectric.buildActivity(BenchmarkActivity.class).setup();
        BenchmarkActivity activity = controller.get();
        Screens.settle(activity);

        activity.findViewById(R.id.run).performClick();
        Screens.settle(activity);

        String result = activity.<TextView>findViewById(R.id.result).getText().toString();
        assertThat(result)
                .contains("median")
                .contains("95th percentile")
                .contains("100 runs")
                .contains("person");
        assertThat(activity.findViewById(R.id.run).isEnabled()).isTrue();
        Screens.photograph(activity, "benchmark");

        activity.findViewById(R.id.share).performClick();
        Intent chooser = shadowOf(activity).getNextStartedActivity();
        Intent send = chooser.getParcelableExtra(Intent.EXTRA_INTENT, Intent.class);
        assertThat(send.getStringExtra(Intent.EXTRA_TEXT)).isEqualTo(result);
    }

    @Test
    public void theResultStaysWhenThePhoneIsTurned() throws Exception {
        ActivityController<BenchmarkActivity> controller =
                Robolectric.buildActivity(BenchmarkActivity.class).setup();
        Screens.settle(controller.get());
        controller.get().findViewById(R.id.run).performClick();
        Screens.settle(controller.get());
        String before =
                controller.get().<TextView>findViewById(R.id.result).getText().toString();

        controller.recreate();

        TextView result = controller.get().findViewById(R.id.result);
        assertThat(result.getText().toString()).isEqualTo(before);
        assertThat(controller.get().findViewById(R.id.share).getVisibility()).isEqualTo(View.VISIBLE);
    }

    @Test
    public void quantilesAreThoseOfSortedTimes() {
        double[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

        assertThat(Asker.quantile(sorted, 0.5)).isEqualTo(5);
        assertThat(Asker.quantile(sorted, 0.95)).isEqualTo(10);
        assertThat(Asker.quantile(new double[] {7}, 0.5)).isEqualTo(7);
    }
}
