package ai.facet.demo;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.os.Build;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.TextView;
import android.widget.Toast;
import org.jspecify.annotations.Nullable;

/** How fast this device answers, as text that one can send to somebody. */
public final class BenchmarkActivity extends Activity {
    private static final int RUNS = 100;
    private static final int WARM_UP = 10;
    private static final String RESULT = "result";

    private @Nullable String result;

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        setContentView(R.layout.benchmark);
        Button run = findViewById(R.id.run);
        run.setText(getString(R.string.benchmark_run, RUNS));
        run.setOnClickListener(view -> run());
        findViewById(R.id.share).setOnClickListener(view -> share());
        if (saved != null) {
            result = saved.getString(RESULT);
            show();
        }
    }

    @Override
    protected void onSaveInstanceState(Bundle out) {
        super.onSaveInstanceState(out);
        out.putString(RESULT, result);
    }

    private void run() {
        findViewById(R.id.run).setEnabled(false);
        result = null;
        show();
        TextView text = findViewById(R.id.result);
        text.setText(R.string.benchmark_running);
        text.setVisibility(View.VISIBLE);
        FacetApp.asker(this).benchmark(WARM_UP, RUNS, (timing, failure) -> {
            findViewById(R.id.run).setEnabled(true);
            if (timing != null) {
                result = text(timing);
                show();
            } else if (failure != null) {
                text.setText(failure.in(this));
            }
        });
    }

    private String text(Asker.Timing timing) {
        Asker.ModelFacts model = FacetApp.asker(this).state().model();
        return getString(
                R.string.benchmark_result,
                timing.medianMillis(),
                timing.p95Millis(),
                timing.runs(),
                timing.warmUp(),
                model == null ? "" : MainActivity.modelLine(this, model),
                Build.MANUFACTURER + " " + Build.MODEL,
                Build.VERSION.RELEASE);
    }

    private void show() {
        TextView text = findViewById(R.id.result);
        text.setText(result);
        text.setVisibility(result == null ? View.GONE : View.VISIBLE);
        findViewById(R.id.share).setVisibility(result == null ? View.GONE : View.VISIBLE);
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
