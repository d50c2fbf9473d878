package ai.facet.demo;

import android.app.AlertDialog;
import android.content.Context;
import android.content.res.Resources;
import android.view.LayoutInflater;
import android.view.View;
import android.widget.RadioButton;
import android.widget.RadioGroup;

/** Threads and provider; each choice is used at once. */
final class SettingsDialog {
    private static final int[] THREADS = {1, 2, 4, 8};

    private final Context context;
    private final Asker asker;

    private SettingsDialog(Context context, Asker asker) {
        this.context = context;
        this.asker = asker;
    }

    static AlertDialog show(Context context, Asker asker) {
        View view = LayoutInflater.from(context).inflate(R.layout.settings, null);
        new SettingsDialog(context, asker).fill(view.findViewById(R.id.threads), view.findViewById(R.id.providers));
        return new AlertDialog.Builder(context)
                .setTitle(R.string.settings)
                .setView(view)
                .setPositiveButton(R.string.close, null)
                .show();
    }

    private void fill(RadioGroup threads, RadioGroup providers) {
        Execution now = asker.execution();
        Resources texts = context.getResources();
        for (int count : THREADS) {
            String title = texts.getQuantityString(R.plurals.threads, count, count);
            add(
                    threads,
                    title,
                    now.threads() == count,
                    () -> asker.use(new Execution(asker.execution().provider(), count)));
        }
        for (Execution.Provider provider : Execution.Provider.values()) {
            add(
                    providers,
                    context.getString(provider.title()),
                    now.provider() == provider,
                    () -> asker.use(new Execution(provider, asker.execution().threads())));
        }
    }

    private void add(RadioGroup group, String title, boolean chosen, Runnable whenChosen) {
        RadioButton button = new RadioButton(context);
        button.setId(View.generateViewId());
        button.setText(title);
        button.setMinHeight(context.getResources().getDimensionPixelSize(R.dimen.touch));
        group.addView(button);
        if (chosen) {
            group.check(button.getId());
        }
        button.setOnClickListener(view -> whenChosen.run());
    }
}
