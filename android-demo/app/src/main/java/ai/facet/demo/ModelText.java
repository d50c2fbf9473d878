package ai.facet.demo;

import android.content.Context;

/** What people read about the model. */
final class ModelText {
    private static final double MEGABYTE = 1e6;

    private ModelText() {}

    /** Name, file, size and how it runs; then what is to be known about that. */
    static String of(Context context, Asker.ModelFacts model) {
        StringBuilder text = new StringBuilder(line(context, model));
        if (model.fellBack()) {
            text.append('\n').append(context.getString(R.string.xnnpack_missing));
        }
        String check = check(context, model.check());
        return check.isEmpty()
                ? text.toString()
                : text.append('\n').append(check).toString();
    }

    private static String line(Context context, Asker.ModelFacts model) {
        int threads = model.execution().threads();
        return context.getString(
                R.string.model_line,
                model.description().name(),
                model.file(),
                model.bytes() / MEGABYTE,
                context.getString(model.execution().provider().title()),
                context.getResources().getQuantityString(R.plurals.threads, threads, threads));
    }

    /** Empty if there is nothing to say. */
    static String check(Context context, SelfCheck check) {
        return switch (check.outcome()) {
            case NOT_NEEDED -> "";
            case NOT_STORED -> context.getString(R.string.check_not_stored);
            case AGREES -> context.getString(R.string.check_agrees);
            case DIFFERS -> context.getString(R.string.check_differs, check.different(), check.answers());
            case REPLACED -> context.getString(R.string.check_replaced, check.different(), check.answers());
        };
    }
}
