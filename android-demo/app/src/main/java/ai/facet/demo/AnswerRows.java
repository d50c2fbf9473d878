package ai.facet.demo;

import ai.facet.prediction.AttributePrediction;
import android.content.Context;
import android.view.LayoutInflater;
import android.view.View;
import android.view.ViewGroup;
import android.widget.ProgressBar;
import android.widget.TextView;

/** A row for each answer: what was asked, the answer, how sure. */
final class AnswerRows {
    /** From here on an attribute, an answer and a number do not fit beside each other. */
    private static final float LARGE_TEXT = 1.3f;

    private static final int PER_MILLE = 1000;
    private static final double PERCENT = 100;

    private final Context context;
    private final ViewGroup rows;
    private final int layout;

    AnswerRows(Context context, ViewGroup rows) {
        this.context = context;
        this.rows = rows;
        this.layout = context.getResources().getConfiguration().fontScale >= LARGE_TEXT
                ? R.layout.answer_large
                : R.layout.answer;
    }

    void add(AttributePrediction answer) {
        View row = LayoutInflater.from(context).inflate(layout, rows, false);
        String attribute = Labels.of(context, answer.attribute());
        String className = Labels.of(context, answer.attribute(), answer.className());
        int percent = (int) Math.round(answer.probability() * PERCENT);
        row.<TextView>findViewById(R.id.attribute).setText(attribute);
        row.<TextView>findViewById(R.id.answer).setText(className);
        row.<TextView>findViewById(R.id.probability).setText(context.getString(R.string.percent, percent));
        row.<ProgressBar>findViewById(R.id.bar).setProgress(Math.round(answer.probability() * PER_MILLE));
        if (answer.unsure()) {
            markUnsure(row);
        }
        row.setContentDescription(context.getString(
                answer.unsure() ? R.string.answer_label_unsure : R.string.answer_label, attribute, className, percent));
        rows.addView(row);
    }

    private void markUnsure(View row) {
        row.findViewById(R.id.unsure).setVisibility(View.VISIBLE);
        row.<TextView>findViewById(R.id.answer).setTextColor(context.getColor(R.color.doubt));
        ProgressBar bar = row.findViewById(R.id.bar);
        int progress = bar.getProgress();
        bar.setProgressDrawable(context.getDrawable(R.drawable.bar_unsure));
        bar.setProgress(0); // a new drawable is drawn as long as it was made, until the number changes
        bar.setProgress(progress);
    }
}
