package ai.facet.demo;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.graphics.Typeface;
import android.os.Build;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.style.RelativeSizeSpan;
import android.text.style.StyleSpan;
import android.view.View;
import android.widget.Button;
import android.widget.TextView;
import android.widget.Toast;
import org.jspecify.annotations.Nullable;

/**
 * How fast this device answers, as text that one can send to somebody. Turning the phone does not disturb a measurement,
 * leaving the screen ends it.
 */
public final class BenchmarkActivity extends Activity {
    private static final int RUNS = 100;
    private static final int WARM_UP = 10;
    private static final float HEADLINE_SCALE = 1.5f;
    private static final String RESULT = "result";

    private final Runnable listener = this::show;
    private @Nullable BenchmarkRun run;
    /** Kept as text, because settings may change later. */
    private @Nullable String result;

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        setContentView(R.layout.benchmark);
        Button start = findViewById(R.id.run);
        start.setText(getString(R.string.benchmark_run, RUNS));
        start.setOnClickListener(view -> run());
        findViewById(R.id.share).setOnClickListener(view -> share());
        run = (BenchmarkRun) getLastNonConfigurationInstance();
        if (saved != null) {
            result = saved.getString(RESULT);
        }
        if (run != null) {
            run.listen(listener);
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        FacetApp.asker(this).listen(listener); // a model is wanted
        show();
    }

    @Override
    protected void onStop() {
        FacetApp.asker(this).ignore(listener);
        if (run != null && run.running() && !isChangingConfigurations()) {
            run.cancel();
        }
        super.onStop();
    }

    @Override
    protected void onDestroy() {
        if (run != null && !isChangingConfigurations()) {
            run.listen(null);
        }
        super.onDestroy();
    }

    @Override
    public @Nullable Object onRetainNonConfigurationInstance() {
        return run;
    }

    @Override
    protected void onSaveInstanceState(Bundle out) {
        super.onSaveInstanceState(out);
        out.putString(RESULT, result);
    }

    private void run() {
        result = null;
        run = new BenchmarkRun(WARM_UP, RUNS);
        run.listen(listener);
        FacetApp.asker(this).benchmark(run);
        show();
    }

    private void show() {
        boolean running = run != null && run.running();
        if (run != null && run.timing() != null && result == null) {
            result = text(run.timing());
        }
        findViewById(R.id.run).setEnabled(!running);
        findViewById(R.id.root).setKeepScreenOn(running);
        String shown = result != null ? result : problem();
        TextView text = findViewById(R.id.result);
        text.setText(result == null ? shown : withHeadline(result));
        text.setVisibility(shown == null ? View.GONE : View.VISIBLE);
        findViewById(R.id.share).setVisibility(result == null ? View.GONE : View.VISIBLE);
    }

    /** The first line in large letters: it is what one wants to know. */
    private static CharSequence withHeadline(String text) {
        SpannableString headed = new SpannableString(text);
        int end = text.indexOf('\n');
        headed.setSpan(new RelativeSizeSpan(HEADLINE_SCALE), 0, end, Spanned.SPAN_INCLUSIVE_EXCLUSIVE);
        headed.setSpan(new StyleSpan(Typeface.BOLD), 0, end, Spanned.SPAN_INCLUSIVE_EXCLUSIVE);
        return headed;
    }

    /** Why there is no result; null if none is wanted. */
    private @Nullable String problem() {
        if (run == null) {
            return null;
        }
        if (run.running()) {
            return getString(R.string.benchmark_running);
        }
        if (run.cancelled()) {
            return getString(R.string.benchmark_left);
        }
        Failure model = FacetApp.asker(this).state().model().failure(); // says more than that there is none
        Failure failure = model != null ? model : run.failure();
        return failure == null ? null : failure.in(this);
    }

    private String text(BenchmarkRun.Timing timing) {
        Asker.ModelFacts model = FacetApp.asker(this).state().model().facts();
        return getString(
                R.string.benchmark_result,
                timing.medianMillis(),
                timing.p95Millis(),
                timing.runs(),
                timing.warmUp(),
                model == null ? "" : ModelText.of(this, model),
                Build.MANUFACTURER + " " + Build.MODEL,
                Build.VERSION.RELEASE);
    }

    private void share() {
        Intent send = new Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, result);
        try {
            startActivity(Intent.createChooser(send, getString(R.string.benchmark_share)));
        } catch (ActivityNotFoundException e) {
            Toast.makeText(this, R.string.error_no_app, Toast.LENGTH_LONG).show();
        }
    }
}
