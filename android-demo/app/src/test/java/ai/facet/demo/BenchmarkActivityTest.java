package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.content.Intent;
import android.view.View;
import android.widget.TextView;
import java.util.Objects;
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
    public void turningThePhoneDoesNotDisturbAMeasurement() throws Exception {
        ActivityController<BenchmarkActivity> controller =
                Robolectric.buildActivity(BenchmarkActivity.class).setup();
        Gate gate = new Gate(new byte[0]);
        keepTheWorkerBusy(controller.get(), gate);
        controller.get().findViewById(R.id.run).performClick();

        controller.recreate();

        assertThat(controller.get().findViewById(R.id.run).isEnabled()).isFalse();
        gate.open();
        Screens.settle(controller.get());
        assertThat(text(controller.get())).contains("median");
        assertThat(controller.get().findViewById(R.id.run).isEnabled()).isTrue();
    }

    @Test
    public void leavingTheScreenEndsAMeasurement() throws Exception {
        ActivityController<BenchmarkActivity> controller =
                Robolectric.buildActivity(BenchmarkActivity.class).setup();
        Gate gate = new Gate(new byte[0]);
        keepTheWorkerBusy(controller.get(), gate);
        controller.get().findViewById(R.id.run).performClick();
        BenchmarkRun run =
                (BenchmarkRun) Objects.requireNonNull(controller.get().onRetainNonConfigurationInstance());

        controller.pause().stop();
        gate.open();
        Screens.settle(controller.get());
        controller.restart().start().resume();

        assertThat(run.cancelled()).isTrue();
        assertThat(run.timing()).isNull();
        assertThat(text(controller.get())).contains("screen was left");
        Screens.photograph(controller.get(), "benchmark-left");
        assertThat(controller.get().findViewById(R.id.run).isEnabled()).isTrue();
        assertThat(controller.get().findViewById(R.id.share).getVisibility()).isEqualTo(View.GONE);
    }

    private static void keepTheWorkerBusy(BenchmarkActivity activity, Gate gate) throws Exception {
        android.net.Uri slow = android.net.Uri.parse("content://ai.example.gallery/slow");
        shadowOf(activity.getContentResolver()).registerInputStreamSupplier(slow, gate::stream);
        FacetApp.asker(activity).ask(slow, 0);
        gate.awaitReader();
    }

    private static String text(BenchmarkActivity activity) {
        return activity.<TextView>findViewById(R.id.result).getText().toString();
    }

    @Test
    public void aRunThatWasCancelledMeasuresNothing() throws Exception {
        BenchmarkRun run = new BenchmarkRun(0, 100_000_000);
        run.cancel();

        try (PhoneModel model = ModelChoice.load(
                        ModelFiles.of(org.robolectric.RuntimeEnvironment.getApplication()
                                .getAssets()),
                        new Execution(Execution.Provider.CPU, 1))
                .model()) {
            assertThat(run.measure(model)).isNull();
        }
    }

    @Test
    public void quantilesAreThoseOfSortedTimes() {
        double[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

        assertThat(BenchmarkRun.quantile(sorted, 0.5)).isEqualTo(5);
        assertThat(BenchmarkRun.quantile(sorted, 0.95)).isEqualTo(10);
        assertThat(BenchmarkRun.quantile(new double[] {7}, 0.5)).isEqualTo(7);
    }
}
