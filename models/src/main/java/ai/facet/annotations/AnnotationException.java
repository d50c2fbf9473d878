package ai.facet.annotations;

import java.io.IOException;
import java.util.List;

/** An annotation file that cannot be used; lists every problem that was found, each with file and line. */
public final class AnnotationException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<String> problems;

    public AnnotationException(List<String> problems) {
        this(problems, "");
    }

    /** @param advice what to do about them, as the last line; empty for none */
    public AnnotationException(List<String> problems, String advice) {
        super(shown(problems) + (advice.isEmpty() ? "" : "\n" + advice));
        this.problems = List.copyOf(problems);
    }

    public AnnotationException(String problem) {
        this(List.of(problem));
    }

    /** One line each, all of them; the message holds the first {@value #SHOWN}. */
    public List<String> problems() {
        return problems;
    }

    /** The same problems where something else is to be done about them. */
    public AnnotationException withAdvice(String advice) {
        return new AnnotationException(problems, advice);
    }

    private static String shown(List<String> problems) {
        String shown = String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size())));
        int hidden = problems.size() - SHOWN;
        return hidden <= 0 ? shown : shown + "\n... and " + hidden + " more (" + problems.size() + " in all)";
    }
}
