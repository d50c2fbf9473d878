package ai.facet.train.noise;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.metrics.HtmlEscape;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.train.data.Duplicates.Conflict;
import ai.facet.train.input.PictureReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The findings as one HTML page with the pictures inside, without scripts. Every text from outside is escaped. */
final class NoiseHtml {
    private static final int SIDE_PX = 128;
    private static final int SHOWN = 40;

    private static final String STYLE = """
            <style>
            :root{color-scheme:light dark;--ink:#1b1f24;--soft:#59636e;--page:#fff;--card:#f6f8fa;--line:#d8dee4;--bad:#b35900}
            @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--page:#0d1117;--card:#161b22;--line:#30363d;--bad:#e3a34f}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:1180px;margin:2em auto;padding:0 1.2em}
            h1{margin-bottom:.1em}h2{margin-top:1.8em}.quiet{color:var(--soft)}.warn{color:var(--bad)}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.8em 0}
            th,td{padding:.25em .8em;text-align:right;border-bottom:1px solid var(--line)}th{color:var(--soft)}
            th:first-child,td:first-child{text-align:left}
            .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));gap:12px}
            figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px;font-size:13px;overflow-wrap:anywhere}
            figure img{width:100%;border-radius:4px}figcaption b{color:var(--bad)}
            </style>
            """;

    private final NoiseFindings findings;
    private final PictureReader reader = new PictureReader(Preprocessing.square(SIDE_PX));
    private final StringBuilder out = new StringBuilder();

    private NoiseHtml(NoiseFindings findings) {
        this.findings = findings;
    }

    static String of(String name, String how, NoiseFindings findings) throws IOException {
        NoiseHtml page = new NoiseHtml(findings);
        String title = "Labels to look at: " + HtmlEscape.text(name);
        page.out
                .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
                .append(title)
                .append("</title>\n")
                .append(STYLE)
                .append("</head><body>\n<h1>")
                .append(title)
                .append("</h1>\n<p class=\"quiet\">")
                .append(HtmlEscape.text(how))
                .append(" A contradiction is a reason to look, not a proof; the clearest come first.</p>\n");
        for (int a = 0; a < findings.attributes().size(); a++) {
            page.appendAttribute(a);
        }
        page.appendConflicts();
        return page.out.append("</body></html>\n").toString();
    }

    private void appendAttribute(int a) throws IOException {
        Attribute attribute = findings.attribute(a);
        ConfidentLearning found = findings.attributes().get(a);
        out.append("<h2>").append(HtmlEscape.text(attribute.title())).append("</h2>\n<p>");
        if (!findings.isReliable(a)) {
            out.append(
                    "<span class=\"warn\">The network does not surely beat the most frequent class here, so it cannot"
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
            out.append("<p class=\"quiet\">").append(suspects.size() - SHOWN).append(" more in noise.csv.</p>\n");
        }
    }

    private void appendClasses(Attribute attribute, ConfidentLearning found) {
        out.append("<table><tr><th>label</th><th>rows</th><th>contradicted</th><th>wrong (estimate)</th></tr>\n");
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
        out.append("</table>\n");
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
        BufferedImage picture = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE_PX * SIDE_PX; i++) {
            int rgb = (pixels[3 * i] & 0xFF) << 16 | (pixels[3 * i + 1] & 0xFF) << 8 | pixels[3 * i + 2] & 0xFF;
            picture.setRGB(i % SIDE_PX, i / SIDE_PX, rgb);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        out.append("<figure><img alt=\"\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png.toByteArray()))
                .append("\"><figcaption>")
                .append(caption)
                .append("<br><span class=\"quiet\">")
                .append(HtmlEscape.text(image.place() + " " + image.path().getFileName()))
                .append("</span></figcaption></figure>\n");
    }
}
