package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.content.ComponentCallbacks2;
import android.net.Uri;
import android.view.View;
import android.widget.TextView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** The app with a model that cannot be used: it says so, goes on saying so, and does not end. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, qualifiers = Screens.PHONE, application = DamagedModelTest.App.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public final class DamagedModelTest {
    private static final Uri SHARED = Uri.parse("content://ai.example.gallery/1");

    /** An app whose model is what a test makes of it. */
    public static final class App extends FacetApp {
        private boolean whole;
        private boolean memory = true;

        @Override
        ModelFiles modelFiles() {
            ModelFiles files = super.modelFiles();
            return name -> {
                if (!memory) {
                    throw new OutOfMemoryError("as on a phone that has none left");
                }
                return whole ? files.read(name) : files.read(name).map(App::half);
            };
        }

        private static byte[] half(byte[] bytes) {
            return java.util.Arrays.copyOf(bytes, bytes.length / 2);
        }
    }

    private final ActivityController<MainActivity> controller = Screens.open();
    private final MainActivity activity = controller.get();
    private final App app = (App) activity.getApplicationContext();

    private String error() {
        TextView error = activity.findViewById(R.id.error);
        return error.getVisibility() == View.VISIBLE ? error.getText().toString() : "";
    }

    @Test
    public void theReasonIsShownAndStaysWhenAPictureIsChosen() throws Exception {
        Screens.settle(activity);
        assertThat(error()).startsWith("The model cannot be used: ");
        Screens.photograph(activity, "damaged-model");

        ask();

        assertThat(error()).startsWith("The model cannot be used: ");
        assertThat(Screens.answers(activity)).isEmpty();
        assertThat(activity.findViewById(R.id.picture).getVisibility()).isEqualTo(View.VISIBLE);
    }

    private void ask() throws Exception {
        byte[] picture = Screens.picture("persons/1.jpg");
        shadowOf(activity.getContentResolver())
                .registerInputStreamSupplier(SHARED, () -> new ByteArrayInputStream(picture));
        FacetApp.asker(activity).ask(SHARED, 0);
        Screens.settle(activity);
    }

    @Test
    public void thePictureIsAnsweredOnceThereIsAModel() throws Exception {
        ask();
        app.whole = true;

        FacetApp.asker(activity).use(new Execution(Execution.Provider.CPU, 1));
        Screens.settle(activity);

        assertThat(error()).isEmpty();
        assertThat(Screens.answers(activity)).hasSize(8);
    }

    /** As the message says: close other apps and try again. */
    @Test
    public void aPictureThatFoundNoMemoryIsAnsweredOnReturn() throws Exception {
        Screens.settle(activity);
        app.memory = false;
        ask();
        assertThat(error()).startsWith("There is not enough memory");
        Asker asker = FacetApp.asker(activity);

        leave();
        app.memory = true;
        app.whole = true;
        Screens.settle(activity);
        Runnable back = () -> {};
        asker.listen(back);
        Screens.settle(activity);

        assertThat(asker.state().model().failure()).isNull();
        assertThat(asker.state().picture().answer()).isNotNull();
    }

    private void leave() {
        controller.pause().stop();
        app.onTrimMemory(ComponentCallbacks2.TRIM_MEMORY_BACKGROUND);
    }

    @Test
    public void anotherPictureTriesAgain() throws Exception {
        Screens.settle(activity);
        app.whole = true;

        ask();

        assertThat(error()).isEmpty();
        assertThat(Screens.answers(activity)).hasSize(8);
    }

    @Test
    public void tooLittleMemoryIsNamedAndTriedAgain() throws Exception {
        Screens.settle(activity);
        app.memory = false;
        FacetApp.asker(activity).use(new Execution(Execution.Provider.CPU, 1));
        Screens.settle(activity);
        assertThat(error()).startsWith("There is not enough memory");

        app.memory = true;
        app.whole = true;
        FacetApp.asker(activity).use(new Execution(Execution.Provider.CPU, 1));
        Screens.settle(activity);

        assertThat(error()).isEmpty();
    }

    /** Or a provider that ends the process would do so at every start. */
    @Test
    public void settingsThatDoNotWorkAreNotThereAtTheNextStart() throws Exception {
        FacetApp.asker(activity).use(new Execution(Execution.Provider.XNNPACK, 8));
        Screens.settle(activity);

        assertThat(Execution.stored(activity).provider()).isEqualTo(Execution.Provider.CPU);
    }

    @Test
    public void aBenchmarkSaysWhyThereIsNone() throws Exception {
        BenchmarkActivity benchmark =
                Robolectric.buildActivity(BenchmarkActivity.class).setup().get();
        Screens.settle(benchmark);

        benchmark.findViewById(R.id.run).performClick();
        Screens.settle(benchmark);

        assertThat(benchmark.<TextView>findViewById(R.id.result).getText().toString())
                .startsWith("The model cannot be used: ");
        assertThat(benchmark.findViewById(R.id.run).isEnabled()).isTrue();
    }

    /** What only a debugger should see is no reason to end either. */
    @Test
    public void aFileThatIsMissingIsNamed() throws Exception {
        Asker asker = new Asker(app, name -> Optional.empty());
        settle(asker);
        assertThat(failure(asker)).contains("model/ has neither");

        Asker unreadable = new Asker(app, name -> {
            throw new IOException("no such block");
        });
        settle(unreadable);
        assertThat(failure(unreadable)).contains("no such block");

        Asker unexpected = new Asker(app, name -> {
            throw new UnsatisfiedLinkError("libonnxruntime.so");
        });
        settle(unexpected);
        assertThat(failure(unexpected)).contains("libonnxruntime.so");
    }

    private void settle(Asker asker) throws Exception {
        asker.idle().get();
        Screens.settle(activity);
        asker.close();
    }

    private String failure(Asker asker) {
        Failure failure = asker.state().model().failure();
        return failure == null ? "" : failure.in(activity);
    }
}
