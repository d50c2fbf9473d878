package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import ai.facet.prediction.AttributePrediction;
import android.app.Activity;
import android.content.Intent;
import android.graphics.Bitmap;
import android.graphics.Color;
import android.net.Uri;
import android.os.Bundle;
import android.os.ParcelFileDescriptor;
import android.provider.MediaStore;
import android.text.Layout;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.shadows.ShadowActivity;

/** The screen, with the real model and real pixels. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, qualifiers = Screens.PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public final class MainActivityTest {
    private static final Uri SHARED = Uri.parse("content://ai.example.gallery/1");
    private static final int ATTRIBUTES = 8;

    private ActivityController<MainActivity> controller;
    private MainActivity activity;

    @Before
    public void open() throws Exception {
        controller = Screens.open();
        activity = controller.get();
        Screens.settle(activity);
    }

    private void give(byte[] picture) {
        shadowOf(activity.getContentResolver())
                .registerInputStreamSupplier(SHARED, () -> new ByteArrayInputStream(picture));
    }

    private void choose(String picture) throws Exception {
        choose(Screens.picture(picture));
    }

    private void choose(byte[] picture) throws Exception {
        give(picture);
        activity.findViewById(R.id.choose).performClick();
        ShadowActivity.IntentForResult asked = shadowOf(activity).getNextStartedActivityForResult();
        assertThat(asked.intent.getAction()).isEqualTo(MediaStore.ACTION_PICK_IMAGES);
        shadowOf(activity).receiveResult(asked.intent, Activity.RESULT_OK, new Intent().setData(SHARED));
        Screens.settle(activity);
    }

    private String text(int id) {
        return activity.<TextView>findViewById(id).getText().toString();
    }

    @Test
    public void saysWhatItIsForBeforeAPictureIsChosen() throws Exception {
        assertThat(text(R.id.hint)).contains("8 questions");
        assertThat(text(R.id.note)).contains("stays on this device");
        assertThat(text(R.id.model)).contains("person").contains("MB").contains("thread");
        assertThat(activity.findViewById(R.id.answers).getVisibility()).isEqualTo(View.GONE);
        Screens.photograph(activity, "empty");
    }

    @Test
    public void aChosenPictureIsShownWithItsAnswers() throws Exception {
        choose("persons/1.jpg");

        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES).allMatch(a -> a.matches(".+: .+, \\d+ percent"));
        assertThat(text(R.id.latency)).contains("answered in");
        assertThat(activity.findViewById(R.id.picture).getVisibility()).isEqualTo(View.VISIBLE);
        assertThat(activity.findViewById(R.id.status).getVisibility()).isEqualTo(View.GONE);
        Screens.photograph(activity, "answers");
    }

    /** TalkBack's user hears that answers are there, and keeps the place when the screen comes back. */
    @Test
    public void answersAreAnnouncedOnceAndStay() throws Exception {
        choose("persons/1.jpg");
        ViewGroup answers = activity.findViewById(R.id.answers);
        View first = answers.getChildAt(0);
        assertThat(String.valueOf(answers.getAccessibilityPaneTitle())).isEqualTo("Answers");

        activity.onStop();
        activity.onStart();
        Screens.settle(activity);

        assertThat(answers.getChildAt(0)).isSameAs(first);
        choose("persons/2.jpg");
        assertThat(answers.getChildAt(0)).isNotSameAs(first);
    }

    /** A bundle of a process that is gone: nothing else knows of the picture. */
    @Test
    public void aPictureIsAskedAboutAgainAfterAndroidEndedTheProcess() throws Exception {
        give(Screens.picture("persons/1.jpg"));
        Bundle saved = new Bundle();
        saved.putParcelable(MainActivity.ADDRESS, SHARED);
        saved.putInt(MainActivity.OTHERS, 2);

        MainActivity returned = Robolectric.buildActivity(MainActivity.class)
                .create(saved)
                .start()
                .get();
        Screens.settle(returned);

        assertThat(Screens.answers(returned)).hasSize(ATTRIBUTES);
        assertThat(FacetApp.asker(returned).state().picture().others()).isEqualTo(2);
    }

    @Test
    public void whereThePictureIsIsSaved() throws Exception {
        choose("persons/1.jpg");
        Bundle saved = new Bundle();

        activity.onSaveInstanceState(saved);

        assertThat(saved.getParcelable(MainActivity.ADDRESS, Uri.class)).isEqualTo(SHARED);
    }

    @Test
    public void barsAreAsLongAsProbabilities() throws Exception {
        choose("persons/1.jpg");

        List<Integer> expected =
                Objects.requireNonNull(
                                FacetApp.asker(activity).state().picture().answer())
                        .prediction()
                        .attributes()
                        .stream()
                        .map(answer -> Math.round(answer.probability() * 1000))
                        .toList();

        assertThat(Screens.bars(activity)).isEqualTo(expected);
        assertThat(expected.stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    public void unsureAnswersAreMarked() throws Exception {
        int marked = 0;
        for (int i = 1; i <= 6; i++) {
            choose("persons/" + i + ".jpg");
            List<AttributePrediction> answers = Objects.requireNonNull(
                            FacetApp.asker(activity).state().picture().answer())
                    .prediction()
                    .attributes();
            ViewGroup rows = activity.findViewById(R.id.answers);
            for (int a = 0; a < answers.size(); a++) {
                View mark = rows.getChildAt(a).findViewById(R.id.unsure);
                assertThat(mark.getVisibility() == View.VISIBLE)
                        .isEqualTo(answers.get(a).unsure());
                assertThat(Screens.answers(activity).get(a).contains("unsure, perhaps"))
                        .isEqualTo(answers.get(a).unsure());
                marked += answers.get(a).unsure() ? 1 : 0;
            }
            Screens.photograph(activity, "person-" + i);
        }
        assertThat(marked).isPositive();
    }

    @Test
    public void differentPicturesGetDifferentAnswers() throws Exception {
        choose("persons/1.jpg");
        List<String> first = Screens.answers(activity);
        choose("persons/2.jpg");

        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES).isNotEqualTo(first);
    }

    @Test
    public void olderPhonesAreAskedForContent() {
        Intent asked = MainActivity.choice(32);

        assertThat(asked.getAction()).isEqualTo(Intent.ACTION_GET_CONTENT);
        assertThat(asked.getType()).isEqualTo("image/*");
        assertThat(asked.getCategories()).containsExactly(Intent.CATEGORY_OPENABLE);
    }

    @Test
    public void aTakenPictureIsAnsweredAndNotKept() throws Exception {
        activity.findViewById(R.id.capture).performClick();
        ShadowActivity.IntentForResult asked = shadowOf(activity).getNextStartedActivityForResult();
        assertThat(asked.intent.getAction()).isEqualTo(MediaStore.ACTION_IMAGE_CAPTURE);
        Uri output = asked.intent.getClipData().getItemAt(0).getUri();
        assertThat(asked.intent.getFlags() & Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
                .isNotZero();
        try (OutputStream camera = new ParcelFileDescriptor.AutoCloseOutputStream(
                activity.getContentResolver().openFileDescriptor(output, "wt"))) {
            camera.write(Screens.picture("persons/1.jpg"));
        }

        shadowOf(activity).receiveResult(asked.intent, Activity.RESULT_OK, null);
        Screens.settle(activity);

        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES);
        assertThat(CaptureProvider.file(activity)).doesNotExist();
    }

    @Test
    public void aSharedPictureIsAnswered() throws Exception {
        give(Screens.picture("persons/1.jpg"));
        Intent share = new Intent(Intent.ACTION_SEND).setType("image/jpeg").putExtra(Intent.EXTRA_STREAM, SHARED);

        activity = Robolectric.buildActivity(MainActivity.class, share).setup().get();
        Screens.settle(activity);

        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES);
    }

    private void share(Intent intent) throws Exception {
        activity = Robolectric.buildActivity(MainActivity.class, intent).setup().get();
        Screens.settle(activity);
    }

    @Test
    public void ofSeveralSharedPicturesTheFirstIsAnsweredAndTheOthersAreCounted() throws Exception {
        give(Screens.picture("persons/1.jpg"));
        Uri other = Uri.parse("content://ai.example.gallery/2");

        share(new Intent(Intent.ACTION_SEND_MULTIPLE)
                .setType("image/*")
                .putParcelableArrayListExtra(Intent.EXTRA_STREAM, new ArrayList<>(List.of(SHARED, other))));

        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES);
        assertThat(text(R.id.others)).contains("2 pictures were shared");
        Screens.photograph(activity, "several-shared");
        assertThat(activity.findViewById(R.id.others).getVisibility()).isEqualTo(View.VISIBLE);
    }

    @Test
    public void aShareWithoutAPictureIsNamed() throws Exception {
        choose("persons/1.jpg");

        share(new Intent(Intent.ACTION_SEND).setType("image/png").putExtra(Intent.EXTRA_TEXT, "only a text"));

        assertThat(text(R.id.error)).contains("No picture was shared");
        assertThat(activity.findViewById(R.id.picture).getVisibility()).isEqualTo(View.GONE);
    }

    @Test
    public void aShareOfAnythingElseIsNoReasonToCrash() throws Exception {
        Intent share = new Intent(Intent.ACTION_SEND).setType("image/png");

        share(new Intent(share).putExtra(Intent.EXTRA_STREAM, new Intent("not an address")));
        assertThat(text(R.id.error)).contains("No picture was shared");
        share(new Intent(share).putExtra(Intent.EXTRA_STREAM, "content://ai.example.gallery/1"));
        assertThat(text(R.id.error)).contains("No picture was shared");
    }

    /** Otherwise another app could have this one open its own files. */
    @Test
    public void addressesOfFilesAreNotOpened() throws Exception {
        share(new Intent(Intent.ACTION_SEND)
                .setType("image/png")
                .putExtra(Intent.EXTRA_STREAM, Uri.fromFile(CaptureProvider.file(activity))));

        assertThat(text(R.id.error)).contains("No picture was shared");
    }

    @Test
    public void addressesOfTheAppsOwnProviderAreNotOpened() throws Exception {
        java.nio.file.Files.write(CaptureProvider.file(activity).toPath(), Screens.picture("persons/1.jpg"));
        Intent share = new Intent(Intent.ACTION_SEND).setType("image/png");

        for (String address :
                List.of(CaptureProvider.PICTURE.toString(), "content://10@ai.facet.demo.capture/picture.jpg")) {
            share(new Intent(share).putExtra(Intent.EXTRA_STREAM, Uri.parse(address)));

            assertThat(text(R.id.error)).as(address).contains("No picture was shared");
        }
    }

    @Test
    public void anOldShareFromTheListOfRecentAppsIsNotAskedAgain() throws Exception {
        share(new Intent(Intent.ACTION_SEND)
                .setType("image/png")
                .addFlags(Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY)
                .putExtra(Intent.EXTRA_STREAM, SHARED));

        assertThat(activity.findViewById(R.id.error).getVisibility()).isEqualTo(View.GONE);
        assertThat(FacetApp.asker(activity).state().picture()).isEqualTo(Asker.PictureState.NONE);
    }

    @Test
    public void aTakenPictureThatIsGivenUpIsDeleted() throws Exception {
        activity.findViewById(R.id.capture).performClick();
        ShadowActivity.IntentForResult asked = shadowOf(activity).getNextStartedActivityForResult();
        Files.write(CaptureProvider.file(activity).toPath(), Screens.picture("persons/1.jpg"));

        shadowOf(activity).receiveResult(asked.intent, Activity.RESULT_CANCELED, null);
        Screens.settle(activity);

        assertThat(CaptureProvider.file(activity)).doesNotExist();
        assertThat(Screens.answers(activity)).isEmpty();
    }

    @Test
    public void aPictureThatACameraLeftIsDeletedAtTheNextStart() throws Exception {
        Files.write(CaptureProvider.file(activity).toPath(), Screens.picture("persons/1.jpg"));

        Screens.open();

        assertThat(CaptureProvider.file(activity)).doesNotExist();
    }

    /** Android ends an app that draws a bitmap of more than 100 MB. */
    @Test
    public void aLargePictureIsAnsweredAndShownSmall() throws Exception {
        choose(Pictures.png(6000, 5000));

        Bitmap shown = Objects.requireNonNull(
                FacetApp.asker(activity).state().picture().preview());
        assertThat(shown.getWidth()).isEqualTo(1600);
        assertThat(shown.getHeight()).isEqualTo(1333);
        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES);
    }

    @Test
    public void aPictureThatCannotBeReadTakesThePlaceOfTheLast() throws Exception {
        choose("persons/1.jpg");
        choose("text".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(activity.findViewById(R.id.error).getVisibility()).isEqualTo(View.VISIBLE);
        assertThat(activity.findViewById(R.id.picture).getVisibility()).isEqualTo(View.GONE);
        assertThat(Screens.answers(activity)).isEmpty();
    }

    @Test
    public void aPictureThatLiesOnItsSideIsTurnedUpright() throws Exception {
        choose("persons/turned.jpg"); // the same person, stored on the side, with an EXIF orientation
        Bitmap shown = FacetApp.asker(activity).state().picture().preview();
        List<String> turned = Screens.answers(activity);
        choose("persons/turned-upright.png");

        assertThat(shown).isNotNull();
        assertThat(turned).isEqualTo(Screens.answers(activity));
    }

    @Test
    public void whatIsNoPictureIsNamed() throws Exception {
        choose("<html>not a picture</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(text(R.id.error)).contains("no picture that can be read");
        assertThat(Screens.answers(activity)).isEmpty();
        Screens.photograph(activity, "no-picture");
    }

    @Test
    public void aCutPictureIsRefused() throws Exception {
        byte[] whole = Screens.picture("persons/1.jpg");
        choose(Arrays.copyOf(whole, whole.length / 2));

        assertThat(text(R.id.error)).containsAnyOf("ends too early", "no picture");
        assertThat(Screens.answers(activity)).isEmpty();
    }

    @Test
    public void aHugePictureIsRefusedBeforeItTakesMemory() throws Exception {
        choose(Pictures.pngHeader(50_000, 40_000));

        assertThat(text(R.id.error)).contains("50000 × 40000");
        assertThat(Screens.answers(activity)).isEmpty();
    }

    @Test
    public void anAddressThatCannotBeReadIsNamed() throws Exception {
        activity.findViewById(R.id.choose).performClick();
        ShadowActivity.IntentForResult asked = shadowOf(activity).getNextStartedActivityForResult();
        shadowOf(activity)
                .receiveResult(
                        asked.intent, Activity.RESULT_OK, new Intent().setData(Uri.parse("content://nobody.there/1")));
        Screens.settle(activity);

        assertThat(text(R.id.error)).contains("cannot be opened");
    }

    @Test
    public void nothingChangesIfNothingIsChosen() throws Exception {
        choose("persons/1.jpg");
        List<String> before = Screens.answers(activity);
        activity.findViewById(R.id.choose).performClick();
        ShadowActivity.IntentForResult asked = shadowOf(activity).getNextStartedActivityForResult();

        shadowOf(activity).receiveResult(asked.intent, Activity.RESULT_CANCELED, null);
        Screens.settle(activity);

        assertThat(Screens.answers(activity)).isEqualTo(before);
    }

    @Test
    public void theAnswersStayWhenThePhoneIsTurned() throws Exception {
        choose("persons/1.jpg");
        List<String> before = Screens.answers(activity);
        List<Integer> bars = Screens.bars(activity);

        turn();
        Screens.settle(activity);

        assertThat(Screens.answers(activity)).isEqualTo(before);
        assertThat(Screens.bars(activity)).isEqualTo(bars);
        ViewGroup columns = activity.findViewById(R.id.columns);
        assertThat(columns.getChildCount()).isEqualTo(2); // picture beside answers
        Screens.photograph(activity, "landscape");
    }

    private void turn() {
        RuntimeEnvironment.setQualifiers("w891dp-h411dp-land-xhdpi");
        controller.configurationChange(
                RuntimeEnvironment.getApplication().getResources().getConfiguration());
        activity = controller.get();
    }

    @Test
    public void aPhoneThatIsTurnedWhileThePictureIsReadShowsTheAnswer() throws Exception {
        Gate gate = new Gate(Screens.picture("persons/1.jpg"));
        shadowOf(activity.getContentResolver()).registerInputStreamSupplier(SHARED, gate::stream);
        FacetApp.asker(activity).ask(SHARED, 0);
        gate.awaitReader();
        assertThat(text(R.id.status)).startsWith("Looking");

        turn();

        assertThat(text(R.id.status)).startsWith("Looking");
        gate.open();
        Screens.settle(activity);
        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES);
    }

    @Test
    public void settingsStayOpenWhenThePhoneIsTurned() throws Exception {
        shadowOf(activity).clickMenuItem(1);
        android.app.Dialog before = org.robolectric.shadows.ShadowDialog.getLatestDialog();

        turn();

        assertThat(before.isShowing()).isFalse(); // or its window leaks
        assertThat(org.robolectric.shadows.ShadowDialog.getLatestDialog())
                .isNotSameAs(before)
                .matches(android.app.Dialog::isShowing);
    }

    /** Android starts the next screen before it stops the one behind. */
    @Test
    public void aSecondScreenIsToldThoughTheFirstEndsLater() throws Exception {
        ActivityController<MainActivity> second = Screens.open();

        controller.pause().stop();
        activity = second.get();
        choose("persons/1.jpg");

        assertThat(Screens.answers(activity)).hasSize(ATTRIBUTES);
    }

    @Test
    @Config(qualifiers = "w891dp-h411dp-land-xhdpi")
    public void aWideScreenInvitesBesideItsNotes() throws Exception {
        int[] stage = new int[2];
        activity.findViewById(R.id.stage).getLocationInWindow(stage);
        int[] note = new int[2];
        activity.findViewById(R.id.note).getLocationInWindow(note);

        Screens.photograph(activity, "landscape-empty");
        assertThat(note[0]).isGreaterThan(stage[0]);
        assertThat(activity.findViewById(R.id.choose).getBottom()).isPositive();
    }

    @Test
    @Config(qualifiers = "w800dp-h1280dp-port-hdpi")
    public void aTabletShowsEverythingAtOnce() throws Exception {
        choose("persons/4.jpg");

        Screens.photograph(activity, "tablet");
        assertThat(activity.findViewById(R.id.stage).getHeight())
                .isLessThan(activity.getResources().getDisplayMetrics().heightPixels / 3);
        View latency = activity.findViewById(R.id.latency);
        int[] at = new int[2];
        latency.getLocationInWindow(at);
        assertThat(at[1] + latency.getHeight())
                .isLessThan(activity.getResources().getDisplayMetrics().heightPixels);
    }

    @Test
    @Config(qualifiers = "+de-w891dp-h411dp-land-night-xhdpi", fontScale = 1.8f)
    public void largeGermanTextInALowWindowCanBeReached() throws Exception {
        choose("persons/2.jpg");

        Screens.photograph(activity, "german-large-landscape-night");
        View choose = activity.findViewById(R.id.choose);
        int[] at = new int[2];
        choose.getLocationInWindow(at);
        assertThat(at[1] + choose.getHeight())
                .isLessThanOrEqualTo(activity.getResources().getDisplayMetrics().heightPixels);
        assertThat(activity.findViewById(R.id.picture).getHeight()).isGreaterThan(100);
    }

    @Test
    @Config(qualifiers = "+night")
    public void errorsAtNight() throws Exception {
        choose("no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        Screens.photograph(activity, "no-picture-night");
        assertThat(activity.findViewById(R.id.error).getVisibility()).isEqualTo(View.VISIBLE);
    }

    @Test
    @Config(qualifiers = "+night")
    public void nightIsDark() throws Exception {
        choose("persons/2.jpg");

        Bitmap screen = Screens.photograph(activity, "night");

        assertThat(Color.luminance(screen.getPixel(4, screen.getHeight() - 4))).isLessThan(0.1f);
    }

    @Test
    @Config(qualifiers = "+de")
    public void speaksGerman() throws Exception {
        choose("persons/2.jpg");

        assertThat(text(R.id.note)).contains("Alles bleibt auf diesem Gerät");
        assertThat(Screens.answers(activity)).allMatch(a -> a.endsWith("Prozent"));
        Screens.photograph(activity, "german");
    }

    @Test
    @Config(qualifiers = "+ar-ldrtl")
    public void runsFromRightToLeft() throws Exception {
        choose("persons/2.jpg");

        View attribute = activity.findViewById(R.id.attribute);
        View answer = activity.findViewById(R.id.answer);

        assertThat(attribute.getLeft()).isGreaterThan(answer.getLeft());
        Bitmap screen = Screens.photograph(activity, "right-to-left");
        ViewGroup rows = activity.findViewById(R.id.answers);
        View bar = rows.getChildAt(Screens.bars(activity).indexOf(Collections.min(Screens.bars(activity))))
                .findViewById(R.id.bar);
        int[] at = new int[2];
        bar.getLocationInWindow(at);
        int middlePx = at[1] + bar.getHeight() / 2;
        assertThat(screen.getPixel(at[0] + 9, middlePx)).isEqualTo(activity.getColor(R.color.track));
        assertThat(screen.getPixel(at[0] + bar.getWidth() - 9, middlePx))
                .isNotEqualTo(activity.getColor(R.color.track));
    }

    @Test
    @Config(fontScale = 2f)
    public void largeTextIsNotCut() throws Exception {
        choose("persons/1.jpg");

        Screens.photograph(activity, "large-text");
        ViewGroup rows = activity.findViewById(R.id.answers);
        for (int i = 0; i < rows.getChildCount(); i++) {
            TextView answer = rows.getChildAt(i).findViewById(R.id.answer);
            Layout layout = Objects.requireNonNull(answer.getLayout());
            assertThat(layout.getHeight()).isLessThanOrEqualTo(answer.getHeight());
            assertThat(layout.getEllipsisCount(0)).isZero();
            TextView attribute = rows.getChildAt(i).findViewById(R.id.attribute);
            assertThat(Objects.requireNonNull(attribute.getLayout()).getLineCount())
                    .as("lines of %s", attribute.getText())
                    .isEqualTo(1);
        }
    }

    @Test
    public void threadsAndProviderAreChosenAndKept() throws Exception {
        choose("persons/1.jpg");
        List<String> before = Screens.answers(activity);

        FacetApp.asker(activity).use(new Execution(Execution.Provider.XNNPACK, 1));
        Screens.settle(activity);

        assertThat(text(R.id.model)).contains("1 thread");
        assertThat(text(R.id.model)).containsAnyOf("XNNPACK is not part", "XNNPACK, 1 thread");
        assertThat(Screens.answers(activity)).isEqualTo(before);
        assertThat(Execution.stored(activity)).isEqualTo(new Execution(Execution.Provider.XNNPACK, 1));
    }

    @Test
    public void settingsShowWhatIsChosen() throws Exception {
        shadowOf(activity).clickMenuItem(1);
        android.app.AlertDialog dialog =
                (android.app.AlertDialog) org.robolectric.shadows.ShadowDialog.getLatestDialog();
        android.widget.RadioGroup threads = dialog.findViewById(R.id.threads);

        assertThat(threads.getCheckedRadioButtonId()).isNotEqualTo(View.NO_ID);
        Screens.photograph(dialog.getWindow().getDecorView(), activity, "settings");
        threads.getChildAt(3).performClick();
        Screens.settle(activity);

        assertThat(FacetApp.asker(activity).execution().threads()).isEqualTo(8);
        assertThat(text(R.id.model)).contains("8 threads");
    }

    @Test
    public void asksForNoPermission() throws Exception {
        assertThat(activity.getPackageManager()
                        .getPackageInfo(activity.getPackageName(), android.content.pm.PackageManager.GET_PERMISSIONS)
                        .requestedPermissions)
                .isNull();
    }
}
