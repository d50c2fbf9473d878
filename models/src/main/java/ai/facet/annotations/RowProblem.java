package ai.facet.annotations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with one row.
 *
 * @param file the name of the annotation file
 * @param line of the file, from 1
 * @param what was found and what was expected
 */
public record RowProblem(String file, int line, String what) {
    /** One text for each kind of problem, naming the first row that has it and how many more have. */
    static List<String> grouped(List<RowProblem> problems) {
        Map<String, List<RowProblem>> kinds = new LinkedHashMap<>();
        problems.forEach(p -> kinds.computeIfAbsent(p.file + ": " + p.what, key -> new ArrayList<>())
                .add(p));
        return kinds.values().stream().map(RowProblem::summary).toList();
    }

    private static String summary(List<RowProblem> same) {
        RowProblem first = same.get(0);
        int more = same.size() - 1;
        String rows = more == 0 ? "" : more == 1 ? " and 1 more row" : " and " + more + " more rows";
        return first.file + ":" + first.line + rows + ": " + first.what;
    }

    /** {@code annotations.csv:214: age is "33-44"; expected ...}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + what;
    }
}
