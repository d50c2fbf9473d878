package ai.facet.train.report;

import ai.facet.metrics.HtmlEscape;
import ai.facet.prediction.Softmax;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.Pictures;
import ai.facet.train.loop.NetworkEvaluation.Answers;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** Some pictures as the network sees them, each with its answers and whether they are right. */
public final class SamplePictures {
    private static final int SHOWN = 12;

    private final AttributeSchema schema;
    private final Frame frame;

    public SamplePictures(AttributeSchema schema, Frame frame) {
        this.schema = schema;
        this.frame = frame;
    }

    /** Pictures spread evenly over a set, as safe HTML. */
    public String html(Pictures pictures, Answers answers) throws IOException {
        StringBuilder html = new StringBuilder("<div class=\"samples\">\n");
        int shown = Math.min(SHOWN, pictures.size());
        byte[] pixels = new byte[frame.bytes()];
        for (int i = 0; i < shown; i++) {
            int picture = (int) ((long) i * pictures.size() / shown);
            pictures.readPixels(picture, pixels);
            html.append("<div class=\"sample\"><img alt=\"sample\" src=\"")
                    .append(Images.pngUri(Images.ofRgb(pixels, frame.widthPx(), frame.heightPx())))
                    .append("\"><ul>\n");
            for (int a = 0; a < schema.size(); a++) {
                html.append(answer(a, picture, answers));
            }
            html.append("</ul></div>\n");
        }
        return html.append("</div>\n").toString();
    }

    private String answer(int index, int picture, Answers answers) {
        Attribute attribute = schema.attributes().get(index);
        int classes = attribute.classCount();
        float[] logits = Arrays.copyOfRange(answers.logits()[index], picture * classes, (picture + 1) * classes);
        float[] probabilities = Softmax.of(logits, 1);
        int top = 0;
        for (int c = 1; c < classes; c++) {
            top = probabilities[c] > probabilities[top] ? c : top;
        }
        int label = answers.labels()[picture][index];
        String truth = label < 0 || label == top
                ? ""
                : " <small>is " + HtmlEscape.text(attribute.classes().get(label)) + "</small>";
        String mark = label < 0 ? "unknown" : label == top ? "right" : "wrong";
        return String.format(
                Locale.ROOT,
                "<li class=\"%s\" title=\"%s\">%s <small>%.0f %%</small>%s</li>\n",
                mark,
                HtmlEscape.text(attribute.title()),
                HtmlEscape.text(attribute.classes().get(top)),
                100 * probabilities[top],
                truth);
    }
}
