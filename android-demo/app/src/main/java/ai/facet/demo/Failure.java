package ai.facet.demo;

import android.content.Context;

/** Something to tell the user, in the user's language. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int text;
    private final transient Object[] arguments;

    /** @param text of R.string */
    Failure(int text, Object... arguments) {
        super("text " + text);
        this.text = text;
        this.arguments = arguments;
    }

    String in(Context context) {
        return context.getString(text, arguments);
    }
}
