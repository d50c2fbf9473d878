package ai.facet.train.compare;

import java.util.List;
import java.util.stream.Collectors;

/** What a command said when it failed, out of everything that its process wrote. */
final class Complaint {
    private static final String OURS = "facet: ";
    private static final int MOST_LINES = 6;
    private static final List<String> ADVICE =
            List.of("Run again with ", "See: ", "Possible solutions: ", "Did you mean: ");

    private Complaint() {}

    /**
     * The last message that begins as all of ours do, with the lines that belong to it; if there is none, the last line that says
     * anything.
     *
     * @param lines of standard error
     */
    static String of(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(OURS)) {
                return lines.subList(i, lines.size()).stream()
                        .takeWhile(line -> !isStackTrace(line))
                        .filter(Complaint::says)
                        .limit(MOST_LINES)
                        .map(String::strip)
                        .collect(Collectors.joining("; "))
                        .substring(OURS.length());
            }
        }
        return lastLine(lines);
    }

    /** Empty if no line says anything. */
    static String lastLine(List<String> lines) {
        return lines.stream().filter(Complaint::says).reduce("", (a, b) -> b).strip();
    }

    private static boolean says(String line) {
        return !line.isBlank() && ADVICE.stream().noneMatch(line::startsWith);
    }

    /** As {@code --verbose} adds: the exception's own line, its frames and its causes. */
    private static boolean isStackTrace(String line) {
        return line.startsWith("\tat ") || line.matches("(Caused by: )?[a-z]\\w*(\\.[\\w$]+)+(: .*)?");
    }
}
