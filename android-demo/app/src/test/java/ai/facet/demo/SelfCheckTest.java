package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.net.Uri;
import android.view.View;
import android.widget.TextView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** The app on a device whose integer arithmetic differs: played by stored answers that are not the model's. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, qualifiers = Screens.PHONE, application = SelfCheckTest.App.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public final class SelfCheckTest {
    private static final Uri SHARED = Uri.parse("content://ai.example.gallery/1");

    /** An app with other files beside the integers. */
    public static final class App extends FacetApp {
        private Optional<String> report = Optional.empty();
        private boolean floats;
        private boolean cut;

        @Override
        ModelFiles modelFiles() {
            ModelFiles files = super.modelFiles();
            return name -> switch (name) {
                case ModelChoice.REPORT -> report.map(text -> text.getBytes(StandardCharsets.UTF_8));
                // The demo has no floats; the same model under their name shows which file is taken.
                case ModelChoice.FLOATS ->
                    floats ? files.read(ModelChoice.INTEGERS).map(this::floatFile) : Optional.empty();
                default -> files.read(name);
            };
        }

        private byte[] floatFile(byte[] bytes) {
            return cut ? Arrays.copyOf(bytes, bytes.length / 2) : bytes;
        }

        /** The app's own. */
        private String stored() throws IOException {
            return new String(super.modelFiles().read(ModelChoice.REPORT).orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    private final MainActivity activity = Screens.open().get();
    private final App app = (App) activity.getApplicationContext();

    private void load() throws Exception {
        FacetApp.asker(activity).use(FacetApp.asker(activity).execution());
        Screens.settle(activity);
    }

    private Asker.ModelFacts facts() {
        return Objects.requireNonNull(FacetApp.asker(activity).state().model().facts());
    }

    private String text(int id) {
        TextView view = activity.findViewById(id);
        return view.getVisibility() == View.VISIBLE ? view.getText().toString() : "";
    }

    /** Every female becomes a male. */
    private String other() throws IOException {
        return app.stored().replace("\"female\"", "\"male\"");
    }

    private static int females(String report) {
        return report.split("\"female\"", -1).length - 1;
    }

    @Test
    public void theAppsModelAnswersHereAsWhereItWasMade() throws Exception {
        app.report = Optional.of(app.stored());
        load();

        assertThat(facts().check()).isEqualTo(new SelfCheck(SelfCheck.Outcome.AGREES, 0, 64));
        assertThat(text(R.id.model)).contains("8-bit arithmetic checked");
        assertThat(text(R.id.warning)).isEmpty();
    }

    @Test
    public void otherAnswersAreAWarningBesideEveryAnswer() throws Exception {
        app.report = Optional.of(other());
        int changed = females(app.stored());
        load();
        byte[] picture = Screens.picture("persons/1.jpg");
        shadowOf(activity.getContentResolver())
                .registerInputStreamSupplier(SHARED, () -> new ByteArrayInputStream(picture));
        FacetApp.asker(activity).ask(SHARED, 0);
        Screens.settle(activity);

        assertThat(changed).isBetween(1, 8);
        assertThat(facts().check()).isEqualTo(new SelfCheck(SelfCheck.Outcome.DIFFERS, changed, 64));
        assertThat(facts().file()).isEqualTo(ModelChoice.INTEGERS);
        assertThat(text(R.id.warning)).contains(changed + " of 64 check answers", "Answers may be wrong");
        assertThat(Screens.answers(activity)).hasSize(8);
        Screens.photograph(activity, "integers-differ");
    }

    @Test
    public void floatsAnswerInsteadWhereTheAppHasThem() throws Exception {
        app.report = Optional.of(other());
        app.floats = true;
        load();

        assertThat(facts().check().outcome()).isEqualTo(SelfCheck.Outcome.REPLACED);
        assertThat(facts().file()).isEqualTo(ModelChoice.FLOATS);
        assertThat(text(R.id.warning)).contains("floating-point model answers instead");
    }

    @Test
    public void floatsThatAreCutAreNamedAsSuch() throws Exception {
        app.report = Optional.of(other());
        app.floats = true;
        app.cut = true;
        load();

        assertThat(text(R.id.error)).startsWith("The model cannot be used: ");
    }

    @Test
    public void integersThatAgreeAreTakenThoughThereAreFloats() throws Exception {
        app.report = Optional.of(app.stored());
        app.floats = true;
        load();

        assertThat(facts().file()).isEqualTo(ModelChoice.INTEGERS);
    }

    @Test
    public void withoutStoredAnswersItSaysThatNothingWasChecked() throws Exception {
        load();

        assertThat(facts().check()).isEqualTo(SelfCheck.NOT_STORED);
        assertThat(text(R.id.model)).contains("not checked");
    }

    @Test
    public void aReportThatDoesNotFitTheModelIsNamed() throws Exception {
        app.report = Optional.of(app.stored().replace("\"female\"", "\"robot\""));
        load();

        assertThat(text(R.id.error)).contains("int8.json", "\"robot\"");
        assertThat(text(R.id.model)).isEmpty();
    }
}
