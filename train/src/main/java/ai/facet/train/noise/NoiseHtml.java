package ai.facet.train.noise;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.metrics.HtmlEscape;
import ai.facet.metrics.HtmlPage;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.train.data.Duplicates.Conflict;
import ai.facet.train.input.PictureReader;
import ai.facet.train.report.Images;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The findings as one HTML page with the pictures inside, without scripts. Every text from outside is escaped. */
final class NoiseHtml {
    private static final int SIDE_PX = 128;
    private static final int SHOWN = 40;

    private static final String STYLE = """
            .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));gap:12px}
            .grid figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px;font-size:13px;overflow-wrap:anywhere}
            .grid img{width:100%;border-radius:4px}
            .grid .hint{font-size:12px}
            """;

    private final NoiseFindings findings;
    private final PictureReader reader = new PictureReader(Preprocessing.square(SIDE_PX));
    private final StringBuilder out = new StringBuilder();

    private NoiseHtml(NoiseFindings findings) {
        this.findings = findings;
    }

    static String of(String name, String how, NoiseFindings findings) throws IOException {
        NoiseHtml page = new NoiseHtml(findings);
        page.out
                .append("<p class=\"lead\">")
                .append(HtmlEscape.text(how))
                .append(" A contradiction is a reason to look, not a proof; the clearest come first.</p>\n");
        for (int a = 0; a < findings.attributes().size(); a++) {
            page.appendAttribute(a);
        }
        page.appendConflicts();
        return HtmlPage.of("Labels to look at: " + name, STYLE, page.out.toString());
    }

    private void appendAttribute(int a) throws IOException {
        Attribute attribute = findings.attribute(a);
        ConfidentLearning found = findings.attributes().get(a);
        out.append("<h2>").append(HtmlEscape.text(attribute.title())).append("</h2>\n<p>");
        if (!findings.isReliable(a)) {
            out.append(
                    "<span class=\"unclear\">The network does not surely beat the most frequent class here, so it cannot"
                            + " judge these labels.</span> ");
        }
        out.append(String.format(
                Locale.ROOT,
                "Accuracy %s, majority %s. %,d of %,d labels contradicted; about %s are wrong.</p>%n",
                NoiseText.share((double) found.right() / Math.max(1, found.rows())),
                NoiseText.share(found.majorityRate()),
                found.suspects().size(),
                found.rows(),
                NoiseText.share(found.wrongShare())));
        appendClasses(attribute, found);
        List<ConfidentLearning.Suspect> suspects = found.suspects();
        out.append("<div class=\"grid\">\n");
        for (ConfidentLearning.Suspect suspect : suspects.subList(0, Math.min(SHOWN, suspects.size()))) {
            appendPicture(findings.rows().images().get(suspect.row()), caption(attribute, suspect));
        }
        out.append("</div>\n");
        if (suspects.size() > SHOWN) {
            out.append("<p class=\"hint\">").append(suspects.size() - SHOWN).append(" more in noise.csv.</p>\n");
        }
    }

    private void appendClasses(Attribute attribute, ConfidentLearning found) {
        out.append(
                "<table class=\"data\"><thead><tr><th>label</th><th>rows</th><th>contradicted</th><th>wrong (estimate)</th></tr></thead>\n<tbody>");
        for (int c = 0; c < attribute.classCount(); c++) {
            int label = c;
            long contradicted =
                    found.suspects().stream().filter(s -> s.label() == label).count();
            out.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td>%,d</td><td>%,d</td><td>%s</td></tr>%n",
                    HtmlEscape.text(attribute.classes().get(c)),
                    found.labelled()[c],
                    contradicted,
                    NoiseText.share(found.wrongShares()[c])));
        }
        out.append("</tbody></table>\n");
    }

    private static String caption(Attribute attribute, ConfidentLearning.Suspect suspect) {
        return String.format(
                Locale.ROOT,
                "labelled <b>%s</b> (%.0f %%)<br>network: <b>%s</b> (%.0f %%)",
                HtmlEscape.text(attribute.classes().get(suspect.label())),
                100 * suspect.labelProbability(),
                HtmlEscape.text(attribute.classes().get(suspect.suggested())),
                100 * suspect.suggestedProbability());
    }

    private void appendConflicts() throws IOException {
        if (findings.conflicts().isEmpty()) {
            return;
        }
        out.append("<h2>Equal pictures with different labels</h2>\n<div class=\"grid\">\n");
        for (Conflict conflict : findings.conflicts()
                .subList(0, Math.min(SHOWN, findings.conflicts().size()))) {
            Attribute attribute = findings.attribute(conflict.attribute());
            AnnotatedImage first = findings.table().images().get(conflict.first());
            AnnotatedImage second = findings.table().images().get(conflict.second());
            appendPicture(
                    first,
                    HtmlEscape.text(attribute.title()) + ": <b>"
                            + HtmlEscape.text(attribute.classes().get(first.labels()[conflict.attribute()]))
                            + "</b>, but <b>"
                            + HtmlEscape.text(attribute.classes().get(second.labels()[conflict.attribute()]))
                            + "</b> in " + HtmlEscape.text(second.place()));
        }
        out.append("</div>\n");
    }

    private void appendPicture(AnnotatedImage image, String caption) throws IOException {
        byte[] pixels = new byte[SIDE_PX * SIDE_PX * 3];
        reader.read(image, pixels);
        out.append("<figure><img alt=\"\" src=\"")
                .append(Images.jpegUri(Images.ofRgb(pixels, SIDE_PX, SIDE_PX)))
                .append("\"><figcaption>")
                .append(caption)
                .append("<br><span class=\"hint\">")
                .append(HtmlEscape.text(image.place() + " " + image.path().getFileName()))
                .append("</span></figcaption></figure>\n");
    }
}
