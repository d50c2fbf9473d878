package ai.facet.demo;

import ai.facet.prediction.AttributePrediction;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.ActivityNotFoundException;
import android.content.ClipData;
import android.content.Intent;
import android.net.Uri;
import android.os.Build;
import android.os.Bundle;
import android.provider.MediaStore;
import android.view.Menu;
import android.view.MenuItem;
import android.view.View;
import android.view.ViewGroup;
import android.widget.ImageView;
import android.widget.TextView;
import android.widget.Toast;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The picture and its answers. */
public final class MainActivity extends Activity {
    static final int CHOOSE = 1;
    static final int CAPTURE = 2;
    private static final int PHOTO_PICKER_SDK = 33;
    private static final int MENU_SETTINGS = 1;
    private static final int MENU_BENCHMARK = 2;
    private static final String SETTINGS_OPEN = "settings";
    static final String ADDRESS = "address";
    static final String OTHERS = "others";

    private final Runnable listener = this::show;
    private @Nullable AlertDialog settings;
    /** Whose rows the screen has. */
    private Asker.@Nullable Answer shown;

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        setContentView(R.layout.main);
        findViewById(R.id.choose).setOnClickListener(view -> choose());
        findViewById(R.id.capture).setOnClickListener(view -> capture());
        if (saved == null) {
            CaptureProvider.forget(this); // of a camera that never came back
            receive(getIntent());
        } else {
            if (saved.getBoolean(SETTINGS_OPEN)) {
                showSettings();
            }
            askAgain(saved);
        }
    }

    /** If Android ended the process meanwhile, and the answers with it. */
    @SuppressWarnings("deprecation") // the typed form is API 33
    private void askAgain(Bundle saved) {
        Uri address = saved.getParcelable(ADDRESS);
        if (address != null && asker().state().picture().equals(Asker.PictureState.NONE)) {
            asker().ask(address, saved.getInt(OTHERS));
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        asker().listen(listener);
        show();
    }

    @Override
    protected void onStop() {
        asker().ignore(listener);
        super.onStop();
    }

    @Override
    protected void onSaveInstanceState(Bundle out) {
        super.onSaveInstanceState(out);
        out.putBoolean(SETTINGS_OPEN, settings != null && settings.isShowing());
        out.putParcelable(ADDRESS, asker().address());
        out.putInt(OTHERS, asker().state().picture().others());
    }

    @Override
    protected void onDestroy() {
        if (settings != null) {
            settings.dismiss();
        }
        super.onDestroy();
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        receive(intent);
    }

    private Asker asker() {
        return FacetApp.asker(this);
    }

    private void receive(@Nullable Intent intent) {
        if (intent != null && SharedPictures.isShare(intent)) {
            List<Uri> pictures = SharedPictures.of(intent);
            if (pictures.isEmpty()) {
                asker().refuse(new Failure(R.string.error_nothing_shared));
            } else {
                asker().ask(pictures.get(0), pictures.size() - 1);
            }
        }
    }

    private void choose() {
        start(choice(Build.VERSION.SDK_INT), CHOOSE);
    }

    /** The photo picker, or on older phones whatever app has pictures. Neither needs a permission. */
    static Intent choice(int sdk) {
        return sdk >= PHOTO_PICKER_SDK
                ? new Intent(MediaStore.ACTION_PICK_IMAGES).setType("image/*")
                : new Intent(Intent.ACTION_GET_CONTENT).setType("image/*").addCategory(Intent.CATEGORY_OPENABLE);
    }

    private void capture() {
        Intent intent = new Intent(MediaStore.ACTION_IMAGE_CAPTURE);
        intent.putExtra(MediaStore.EXTRA_OUTPUT, CaptureProvider.PICTURE);
        intent.setClipData(ClipData.newRawUri("", CaptureProvider.PICTURE));
        intent.addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION | Intent.FLAG_GRANT_READ_URI_PERMISSION);
        start(intent, CAPTURE);
    }

    private void start(Intent intent, int request) {
        try {
            startActivityForResult(intent, request);
        } catch (ActivityNotFoundException e) {
            Toast.makeText(this, R.string.error_no_app, Toast.LENGTH_LONG).show();
        }
    }

    @Override
    protected void onActivityResult(int request, int result, @Nullable Intent data) {
        if (request == CAPTURE && result == RESULT_OK) {
            asker().askCapture();
        } else if (request == CAPTURE) {
            CaptureProvider.forget(this); // some cameras write before they are told that nobody wants it
        } else if (result == RESULT_OK && data != null && data.getData() != null) {
            asker().ask(data.getData(), 0);
        }
    }

    private void show() {
        Asker.State state = asker().state();
        Asker.PictureState asked = state.picture();
        showPicture(state);
        showStatus(state);
        showAnswers(asked);
        showModel(state.model().facts());
    }

    private void showPicture(Asker.State state) {
        ImageView picture = findViewById(R.id.picture);
        picture.setImageBitmap(state.picture().preview());
        setVisible(R.id.picture, state.picture().preview() != null);
        setVisible(R.id.invitation, state.picture().preview() == null);
        Asker.ModelFacts model = state.model().facts();
        setVisible(R.id.hint, model != null);
        if (model != null) {
            int questions = model.description().schema().size();
            this.<TextView>findViewById(R.id.hint)
                    .setText(getResources().getQuantityString(R.plurals.hint, questions, questions));
        }
    }

    private void setVisible(int id, boolean visible) {
        findViewById(id).setVisibility(visible ? View.VISIBLE : View.GONE);
    }

    private void showStatus(Asker.State state) {
        Failure failure = state.picture().failure() != null
                ? state.picture().failure()
                : state.model().failure();
        String text = "";
        if (failure != null) {
            text = failure.in(this);
        } else if (state.model().loading()) {
            text = getString(R.string.loading);
        } else if (state.picture().asking()) {
            text = getString(R.string.busy);
        }
        setVisible(R.id.error, failure != null); // first: the text of what is hidden is not read out
        this.<TextView>findViewById(R.id.error).setText(text);
        setVisible(R.id.status, failure == null && !text.isEmpty());
        this.<TextView>findViewById(R.id.status).setText(text);
    }

    private void showAnswers(Asker.PictureState asked) {
        Asker.Answer answer = asked.answer();
        setVisible(R.id.answers, answer != null);
        setVisible(R.id.latency, answer != null);
        setVisible(R.id.others, answer != null && asked.others() > 0);
        // other rows, even with the same words, would take TalkBack's place from it
        if (!Objects.equals(answer, shown)) {
            shown = answer;
            ViewGroup answers = findViewById(R.id.answers);
            answers.removeAllViews();
            if (answer != null) {
                showAnswer(answer, answers);
            }
        }
        this.<TextView>findViewById(R.id.others).setText(getString(R.string.others, asked.others() + 1));
    }

    private void showAnswer(Asker.Answer answer, ViewGroup answers) {
        AnswerRows rows = new AnswerRows(this, answers);
        for (AttributePrediction each : answer.prediction().attributes()) {
            rows.add(each);
        }
        this.<TextView>findViewById(R.id.latency)
                .setText(getString(R.string.latency, answer.decodeMillis(), answer.answerMillis()));
    }

    private void showModel(Asker.@Nullable ModelFacts model) {
        setVisible(R.id.model, model != null);
        setVisible(R.id.warning, model != null && model.check().warns());
        if (model != null) {
            this.<TextView>findViewById(R.id.model).setText(ModelText.of(this, model));
            this.<TextView>findViewById(R.id.warning).setText(ModelText.check(this, model.check()));
        }
    }

    @Override
    public boolean onCreateOptionsMenu(Menu menu) {
        menu.add(Menu.NONE, MENU_SETTINGS, Menu.NONE, R.string.settings);
        menu.add(Menu.NONE, MENU_BENCHMARK, Menu.NONE, R.string.benchmark);
        return true;
    }

    @Override
    public boolean onOptionsItemSelected(MenuItem item) {
        switch (item.getItemId()) {
            case MENU_SETTINGS -> showSettings();
            case MENU_BENCHMARK -> startActivity(new Intent(this, BenchmarkActivity.class));
            default -> {
                return super.onOptionsItemSelected(item);
            }
        }
        return true;
    }

    private void showSettings() {
        settings = SettingsDialog.show(this, asker());
    }
}
