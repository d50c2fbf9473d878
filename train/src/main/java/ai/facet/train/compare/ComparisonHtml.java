package ai.facet.train.compare;

import ai.facet.cli.Plural;
import ai.facet.metrics.HtmlEscape;
import ai.facet.train.compare.Experiment.Plan;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.report.HtmlReport.Section;
import ai.facet.train.report.Palette;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The page {@code comparison.html}. */
final class ComparisonHtml {
    private static final Map<String, String> NAMES = names();
    private static final int WIDTH = 560;
    private static final int HEIGHT = 320;
    private static final int LEFT = 48;
    private static final int RIGHT = 20;
    private static final int BOTTOM = 46;
    private static final int TOP = 14;

    private static final int TICKS = 5;
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private ComparisonHtml() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("size", "Input, px");
        names.put("epochs", "Epochs");
        names.put("batchSize", "Pictures a step");
        names.put("seed", "Seed");
        names.put("trainOptions", "Options of facet train");
        return names;
    }

    static String of(List<NetworkResult> results, Plan plan) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Networks", table(results)));
        if (results.stream().anyMatch(NetworkResult::finished)) {
            sections.add(new Section("What accuracy costs", charts(results)));
            sections.add(new Section("Balanced accuracy of each attribute", attributes(results)));
        }
        String title = "Comparison of " + Plural.of(results.size(), "network");
        return HtmlReport.page(title, lead(results, plan), facts(plan), sections);
    }

    private static String lead(List<NetworkResult> results, Plan plan) {
        String best = results.stream()
                .filter(NetworkResult::finished)
                .max((a, b) -> Double.compare(balanced(a), balanced(b)))
                .map(r -> "; " + r.name() + " has the highest mean balanced accuracy on validation, "
                        + ComparisonText.three(balanced(r)))
                .orElse("");
        return "The same " + plan.table().size() + " pictures, split and seed for all" + best + ".";
    }

    private static double balanced(NetworkResult result) {
        return Score.mean(result.validation(), Score::balancedAccuracy);
    }

    private static Map<String, String> facts(Plan plan) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Pictures", Integer.toString(plan.table().size()));
        NAMES.forEach(
                (name, title) -> facts.put(title, String.valueOf(plan.settings().getOrDefault(name, ""))));
        facts.values().removeIf(String::isEmpty);
        facts.put("Data hash", plan.table().hash().substring(0, 16));
        return facts;
    }

    private static String table(List<NetworkResult> results) {
        double best = results.stream()
                .filter(NetworkResult::finished)
                .mapToDouble(ComparisonHtml::balanced)
                .max()
                .orElse(2);
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"data\"><thead><tr>");
        ComparisonText.TITLES.forEach(title -> html.append("<th>").append(title).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (int i = 0; i < results.size(); i++) {
            NetworkResult result = results.get(i);
            boolean wins = result.finished() && balanced(result) == best;
            html.append(wins ? "<tr class=\"best\">" : "<tr>")
                    .append(cells(result, i))
                    .append("</tr>\n");
        }
        html.append("</tbody></table></div>\n<p class=\"hint\">Time is that of all epochs with validation; peak memory"
                + " that of the training process. Accuracy, balanced accuracy and macro F1 are means over attributes,"
                + " of the best epoch. On few pictures small differences are chance.</p>\n");
        results.stream()
                .filter(r -> !r.finished())
                .forEach(r -> html.append("<p class=\"failed\">")
                        .append(HtmlEscape.text(r.name() + " failed: " + r.failure()))
                        .append("</p>\n"));
        return html.toString();
    }

    private static String cells(NetworkResult result, int index) {
        StringBuilder html = new StringBuilder();
        for (String cell : ComparisonText.cells(result)) {
            String dot =
                    html.isEmpty() ? "<i class=\"dot\" style=\"background:" + Palette.variable(index) + "\"></i>" : "";
            html.append("<td>").append(dot).append(HtmlEscape.text(cell)).append("</td>");
        }
        return html.toString();
    }

    private static String attributes(List<NetworkResult> results) {
        List<NetworkResult> finished =
                results.stream().filter(NetworkResult::finished).toList();
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"data\"><thead><tr><th>network</th>");
        finished.get(0)
                .validation()
                .forEach(s ->
                        html.append("<th>").append(HtmlEscape.text(s.title())).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (NetworkResult result : finished) {
            html.append("<tr><td>").append(HtmlEscape.text(result.name())).append("</td>");
            for (int a = 0; a < result.validation().size(); a++) {
                html.append(attributeCell(finished, result, a));
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n<p class=\"hint\">On validation pictures; smaller: on the training"
                        + " pictures. A network that does well only there has learnt them by heart; one that does badly"
                        + " there is too weak, or was trained too briefly.</p>\n")
                .toString();
    }

    private static String attributeCell(List<NetworkResult> finished, NetworkResult result, int a) {
        double value = result.validation().get(a).balancedAccuracy();
        double best = finished.stream()
                .mapToDouble(r -> r.validation().get(a).balancedAccuracy())
                .max()
                .orElse(2);
        return (value == best ? "<td class=\"best\">" : "<td>") + ComparisonText.three(value) + "<br><small>"
                + ComparisonText.three(result.train().get(a).balancedAccuracy()) + "</small></td>";
    }

    private static String charts(List<NetworkResult> results) {
        return "<div class=\"charts\">\n"
                + chart("Against training time, s", results, r -> r.usage().trainSeconds())
                + chart("Against GMAC for one picture", results, ComparisonText::gmac) + "</div>\n";
    }

    private static String chart(
            String title, List<NetworkResult> results, Function<NetworkResult, @Nullable Double> cost) {
        double most = results.stream()
                .filter(NetworkResult::finished)
                .map(cost)
                .filter(java.util.Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        double end = roundedUp(most);
        StringBuilder svg = new StringBuilder("<figure><figcaption>" + title + "</figcaption>\n");
        svg.append(String.format("<svg viewBox=\"0 0 %d %d\" role=\"img\">%n", WIDTH, HEIGHT));
        for (int tick = 0; tick <= TICKS; tick++) {
            svg.append(grid((double) tick / TICKS, end));
        }
        for (int i = 0; i < results.size(); i++) {
            Double x = cost.apply(results.get(i));
            if (results.get(i).finished() && x != null) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"7\"><title>%s</title></circle>%n",
                        Palette.variable(i),
                        x(x / end),
                        y(balanced(results.get(i))),
                        HtmlEscape.text(results.get(i).name())));
            }
        }
        return svg.append("</svg>")
                .append(legend(results))
                .append("</figure>\n")
                .toString();
    }

    /** The end of an axis whose ticks are one, two or five times a power of ten. */
    static double roundedUp(double most) {
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most / TICKS)));
        double step = most / TICKS / power;
        return TICKS * power * (step <= 1 ? 1 : step <= 2 ? 2 : step <= 5 ? 5 : 10);
    }

    private static String legend(List<NetworkResult> results) {
        StringBuilder html = new StringBuilder("<p class=\"legend\">");
        for (int i = 0; i < results.size(); i++) {
            html.append("<span><i style=\"background:")
                    .append(Palette.variable(i))
                    .append("\"></i>")
                    .append(HtmlEscape.text(results.get(i).name()))
                    .append("</span> ");
        }
        return html.append("</p>\n").toString();
    }

    private static String grid(double part, double end) {
        return String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                        + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>"
                        + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                LEFT,
                WIDTH - RIGHT,
                y(part),
                y(part),
                LEFT - 8,
                y(part) + 4,
                part,
                x(part),
                HEIGHT - BOTTOM + 22,
                BigDecimal.valueOf(part * end)
                        .round(SIX_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private static double x(double part) {
        return LEFT + part * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double rate) {
        return HEIGHT - BOTTOM - rate * (HEIGHT - TOP - BOTTOM);
    }
}
