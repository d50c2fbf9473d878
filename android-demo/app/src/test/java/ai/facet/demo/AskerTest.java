package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.content.ComponentCallbacks2;
import android.net.Uri;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** What happens when things happen at once, or memory is short. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, qualifiers = Screens.PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public final class AskerTest {
    private static final Uri SLOW = Uri.parse("content://ai.example.gallery/slow");
    private static final Uri OTHER = Uri.parse("content://ai.example.gallery/other");
    private static final Execution FOUR = new Execution(Execution.Provider.CPU, 4);
    private static final int WAIT_SECONDS = 60;

    private final Runnable listener = this::look;
    private final List<Asker.State> seen = new ArrayList<>();
    private FacetApp app;
    private Asker asker;

    @Before
    public void load() throws Exception {
        app = (FacetApp) RuntimeEnvironment.getApplication();
        asker = FacetApp.asker(app);
        asker.listen(listener);
        Screens.settle(app);
    }

    private void look() {
        seen.add(asker.state());
    }

    private void give(Uri uri, byte[] bytes) {
        shadowOf(app.getContentResolver()).registerInputStreamSupplier(uri, () -> new ByteArrayInputStream(bytes));
    }

    private Gate slow(byte[] bytes) throws Exception {
        Gate gate = new Gate(bytes);
        shadowOf(app.getContentResolver()).registerInputStreamSupplier(SLOW, gate::stream);
        asker.ask(SLOW, 0);
        gate.awaitReader();
        return gate;
    }

    @Test
    public void switchingThreadsWhileThePictureIsReadDoesNotLoseTheAnswer() throws Exception {
        Gate gate = slow(Screens.picture("persons/1.jpg"));
        asker.use(FOUR);
        assertThat(asker.state().model().loading()).isTrue();
        gate.open();
        Screens.settle(app);

        Asker.State state = asker.state();
        assertThat(Objects.requireNonNull(state.model().facts()).execution()).isEqualTo(FOUR);
        assertThat(state.picture().answer()).isNotNull();
        assertThat(state.picture().asking()).isFalse();
        assertThat(seen)
                .filteredOn(each -> each.picture().answer() != null)
                .isNotEmpty()
                .allMatch(each -> each.model().facts() != null); // it is not the model's that was left
    }

    @Test
    public void ofTwoSwitchesTheLastHolds() throws Exception {
        Gate gate = slow(Screens.picture("persons/1.jpg"));
        asker.use(FOUR);
        asker.use(new Execution(Execution.Provider.CPU, 2));
        gate.open();
        Screens.settle(app);

        assertThat(Objects.requireNonNull(asker.state().model().facts())
                        .execution()
                        .threads())
                .isEqualTo(2);
        assertThat(asker.state().picture().answer()).isNotNull();
    }

    /** The other app may take its permission back, or the file is a deleted one of the camera's. */
    @Test
    public void askingAgainNeedsNoFile() throws Exception {
        give(OTHER, Screens.picture("persons/1.jpg"));
        asker.ask(OTHER, 0);
        Screens.settle(app);
        Asker.Answer before = Objects.requireNonNull(asker.state().picture().answer());
        give(OTHER, new byte[0]);

        asker.use(FOUR);
        Screens.settle(app);

        Asker.Answer after = Objects.requireNonNull(asker.state().picture().answer());
        assertThat(after).isNotSameAs(before);
        assertThat(after.prediction().attributes().get(0).className())
                .isEqualTo(before.prediction().attributes().get(0).className());
    }

    @Test
    public void anOlderPictureThatFailsDoesNotHideTheNewersAnswer() throws Exception {
        give(OTHER, Screens.picture("persons/1.jpg"));
        Gate gate = slow("no picture".getBytes(StandardCharsets.UTF_8));
        asker.ask(OTHER, 0);
        gate.open();
        Screens.settle(app);

        assertThat(seen).allMatch(each -> each.picture().failure() == null); // not even for a moment
        assertThat(asker.state().picture().answer()).isNotNull();
    }

    @Test
    public void aTakenPictureThatNobodyWaitsForIsDeletedUnread() throws Exception {
        java.nio.file.Files.write(CaptureProvider.file(app).toPath(), Screens.picture("persons/1.jpg"));
        give(OTHER, Screens.picture("persons/2.jpg"));
        Gate gate = slow(Screens.picture("persons/3.jpg"));
        asker.askCapture();
        asker.ask(OTHER, 0);
        gate.open();
        Screens.settle(app);

        assertThat(CaptureProvider.file(app)).doesNotExist();
        assertThat(asker.state().picture().answer()).isNotNull();
    }

    /** Both times it waited; the first time was for the model that was left. */
    @Test
    public void aTakenPictureOutlivesASwitch() throws Exception {
        java.nio.file.Files.write(CaptureProvider.file(app).toPath(), Screens.picture("persons/1.jpg"));
        Gate gate = slow(Screens.picture("persons/3.jpg"));
        asker.askCapture();
        asker.use(FOUR);
        gate.open();
        Screens.settle(app);

        assertThat(asker.state().picture().failure()).isNull();
        assertThat(asker.state().picture().answer()).isNotNull();
        assertThat(CaptureProvider.file(app)).doesNotExist();
    }

    @Test
    public void whatIsTooLongIsRefusedWithoutBeingReadWhole() throws Exception {
        int tooLong = PictureReader.MAX_BYTES + (1 << 20);
        InputStream endless = new InputStream() {
            private int read;

            @Override
            public int read() {
                read++;
                return 0;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                assertThat(read).isLessThan(tooLong);
                read += length;
                return length;
            }

            @Override
            public int available() {
                return Integer.MAX_VALUE;
            }
        };
        shadowOf(app.getContentResolver()).registerInputStreamSupplier(OTHER, () -> endless);

        asker.ask(OTHER, 0);
        Screens.settle(app);

        Failure failure = Objects.requireNonNull(asker.state().picture().failure());
        assertThat(failure.in(app)).isEqualTo(app.getString(R.string.error_picture_bytes, 32));
    }

    @Test
    public void inTheBackgroundAModelGivesItsMemoryBackAndIsLoadedForTheNextLook() throws Exception {
        give(OTHER, Screens.picture("persons/1.jpg"));
        asker.ask(OTHER, 0);
        Screens.settle(app);
        asker.ignore(listener);

        app.onTrimMemory(ComponentCallbacks2.TRIM_MEMORY_BACKGROUND);

        assertThat(holdsModel()).isFalse();
        assertThat(asker.state().picture().answer()).isNotNull();
        asker.listen(listener);
        assertThat(asker.state().model().loading()).isTrue();
        Screens.settle(app);
        assertThat(holdsModel()).isTrue();
        assertThat(asker.state().model().facts()).isNotNull();
    }

    @Test
    public void whileSomebodyLooksTheModelStays() throws Exception {
        app.onTrimMemory(ComponentCallbacks2.TRIM_MEMORY_BACKGROUND);

        assertThat(holdsModel()).isTrue();
    }

    @Test
    public void aPictureThatComesWhileTheModelRestsIsAnswered() throws Exception {
        asker.ignore(listener);
        app.onTrimMemory(ComponentCallbacks2.TRIM_MEMORY_BACKGROUND);
        give(OTHER, Screens.picture("persons/1.jpg"));

        asker.ask(OTHER, 0);
        Screens.settle(app);

        assertThat(asker.state().picture().answer()).isNotNull();
    }

    private boolean holdsModel() throws Exception {
        return asker.holdsModel().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    public void theEndReleasesSessionAndThread() throws Exception {
        assertThat(holdsModel()).isTrue();

        app.onTerminate();

        assertThat(asker.awaitEnd(WAIT_SECONDS)).isTrue();
        asker.close(); // twice is once
    }

    @Test
    public void theUsualNumberOfThreadsIsOneOfTheChoices() {
        assertThat(Execution.usual(1).threads()).isEqualTo(1);
        assertThat(Execution.usual(6).threads()).isEqualTo(2);
        assertThat(Execution.usual(8).threads()).isEqualTo(4);
        assertThat(Execution.usual(24).threads()).isEqualTo(4);
    }
}
