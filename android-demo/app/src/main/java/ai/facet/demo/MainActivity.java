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
import android.view.LayoutInflater;
import android.view.Menu;
import android.view.MenuItem;
import android.view.View;
import android.view.ViewGroup;
import android.widget.ImageView;
import android.widget.ProgressBar;
import android.widget.RadioButton;
import android.widget.RadioGroup;
import android.widget.TextView;
import android.widget.Toast;
import org.jspecify.annotations.Nullable;

/** The picture and its answers. */
public final class MainActivity extends Activity {
    static final int CHOOSE = 1;
    static final int CAPTURE = 2;
    private static final int PHOTO_PICKER_SDK = 33;
    private static final int MENU_SETTINGS = 1;
    private static final int MENU_BENCHMARK = 2;
    private static final int PER_MILLE = 1000;
    private static final double PERCENT = 100;
    private static final double MEGABYTE = 1e6;
    private static final int[] THREADS = {1, 2, 4, 8};

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        setContentView(R.layout.main);
        findViewById(R.id.choose).setOnClickListener(view -> choose());
        findViewById(R.id.capture).setOnClickListener(view -> capture());
        if (saved == null) {
            receive(getIntent());
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        asker().listen(this::show);
        show();
    }

    @Override
    protected void onStop() {
        asker().listen(null);
        super.onStop();
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        receive(intent);
    }

    private Asker asker() {
        return FacetApp.asker(this);
    }

    /** A picture that another app shares. */
    @SuppressWarnings("deprecation") // the typed form is API 33
    private void receive(@Nullable Intent intent) {
        if (intent != null && Intent.ACTION_SEND.equals(intent.getAction())) {
            Uri picture = intent.getParcelableExtra(Intent.EXTRA_STREAM);
            if (picture != null) {
                asker().ask(picture);
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
        if (result != RESULT_OK) {
            return;
        }
        if (request == CAPTURE) {
            asker().askCapture();
        } else if (data != null && data.getData() != null) {
            asker().ask(data.getData());
        }
    }

    private void show() {
        Asker.State state = asker().state();
        ImageView picture = findViewById(R.id.picture);
        picture.setImageBitmap(state.picture());
        picture.setVisibility(state.picture() == null ? View.GONE : View.VISIBLE);
        showStatus(state);
        showAnswers(state.answer());
        showModel(state);
    }

    private void showStatus(Asker.State state) {
        TextView status = findViewById(R.id.status);
        Asker.ModelFacts model = state.model();
        String text;
        if (state.failure() != null) {
            text = state.failure().in(this);
        } else if (state.busy()) {
            text = getString(model == null ? R.string.loading : R.string.busy);
        } else if (state.answer() == null && model != null) {
            text = getString(R.string.empty, model.description().schema().size());
        } else {
            text = "";
        }
        status.setText(text);
        status.setTextColor(getColor(state.failure() != null ? R.color.error : R.color.quiet));
        status.setVisibility(text.isEmpty() ? View.GONE : View.VISIBLE);
    }

    private void showAnswers(Asker.@Nullable Answer answer) {
        ViewGroup answers = findViewById(R.id.answers);
        TextView latency = findViewById(R.id.latency);
        answers.removeAllViews();
        answers.setVisibility(answer == null ? View.GONE : View.VISIBLE);
        latency.setVisibility(answer == null ? View.GONE : View.VISIBLE);
        if (answer == null) {
            return;
        }
        for (AttributePrediction attribute : answer.prediction().attributes()) {
            addAnswer(answers, attribute);
        }
        latency.setText(getString(R.string.latency, answer.decodeMillis(), answer.answerMillis()));
    }

    private void addAnswer(ViewGroup answers, AttributePrediction answer) {
        View row = LayoutInflater.from(this).inflate(R.layout.answer, answers, false);
        String title = answer.attribute().title();
        int percent = (int) Math.round(answer.probability() * PERCENT);
        row.<TextView>findViewById(R.id.attribute).setText(title);
        TextView text = row.findViewById(R.id.answer);
        text.setText(
                answer.unsure() ? answer.className() + " (" + getString(R.string.unsure) + ")" : answer.className());
        if (answer.unsure()) {
            text.setTextColor(getColor(R.color.doubt));
        }
        row.<TextView>findViewById(R.id.probability).setText(getString(R.string.percent, percent));
        ProgressBar bar = row.findViewById(R.id.bar);
        if (answer.unsure()) {
            bar.setProgressDrawable(getDrawable(R.drawable.bar_unsure));
        }
        bar.setProgress(Math.round(answer.probability() * PER_MILLE));
        int label = answer.unsure() ? R.string.answer_label_unsure : R.string.answer_label;
        row.setContentDescription(getString(label, title, answer.className(), percent));
        answers.addView(row);
    }

    private void showModel(Asker.State state) {
        TextView text = findViewById(R.id.model);
        Asker.ModelFacts model = state.model();
        text.setVisibility(model == null ? View.GONE : View.VISIBLE);
        if (model != null) {
            String line = modelLine(model);
            text.setText(state.fellBack() ? line + "\n" + getString(R.string.xnnpack_missing) : line);
        }
    }

    private String modelLine(Asker.ModelFacts model) {
        return modelLine(this, model);
    }

    /** Name, file, size and how it runs. */
    static String modelLine(android.content.Context context, Asker.ModelFacts model) {
        int threads = model.execution().threads();
        return context.getString(
                R.string.model_line,
                model.description().name(),
                model.file(),
                model.bytes() / MEGABYTE,
                context.getString(model.execution().provider().title()),
                context.getResources().getQuantityString(R.plurals.threads, threads, threads));
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
        View view = LayoutInflater.from(this).inflate(R.layout.settings, null);
        RadioGroup threads = view.findViewById(R.id.threads);
        Execution now = asker().execution();
        for (int count : THREADS) {
            String title = getResources().getQuantityString(R.plurals.threads, count, count);
            addChoice(
                    threads,
                    title,
                    now.threads() == count,
                    () -> asker().use(new Execution(asker().execution().provider(), count)));
        }
        RadioGroup providers = view.findViewById(R.id.providers);
        for (Execution.Provider provider : Execution.Provider.values()) {
            addChoice(
                    providers,
                    getString(provider.title()),
                    now.provider() == provider,
                    () -> asker().use(
                                    new Execution(provider, asker().execution().threads())));
        }
        new AlertDialog.Builder(this)
                .setTitle(R.string.settings)
                .setView(view)
                .setPositiveButton(R.string.close, null)
                .show();
    }

    private void addChoice(RadioGroup group, String title, boolean chosen, Runnable whenChosen) {
        RadioButton button = new RadioButton(this);
        button.setId(View.generateViewId());
        button.setText(title);
        button.setMinHeight(getResources().getDimensionPixelSize(R.dimen.touch));
        group.addView(button);
        if (chosen) {
            group.check(button.getId());
        }
        button.setOnClickListener(view -> whenChosen.run());
    }
}
