package ai.facet.train.noise;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.schema.Attribute;
import ai.facet.train.data.Duplicates.Conflict;
import java.util.List;
import java.util.Locale;

/** One row per contradiction, ranked within each attribute; every text is quoted. */
final class NoiseCsv {
    private static final String TITLES =
            "attribute,rank,kind,csv,line,image,label,suggested,label_probability,suggested_probability,other_line\n";

    private NoiseCsv() {}

    static String of(NoiseFindings findings) {
        StringBuilder csv = new StringBuilder(TITLES);
        for (int a = 0; a < findings.attributes().size(); a++) {
            Attribute attribute = findings.attribute(a);
            List<ConfidentLearning.Suspect> suspects =
                    findings.attributes().get(a).suspects();
            String kind = findings.isReliable(a) ? "network" : "network (hardly better than the majority)";
            for (int rank = 0; rank < suspects.size(); rank++) {
                ConfidentLearning.Suspect suspect = suspects.get(rank);
                append(csv, attribute, rank + 1, kind, findings.rows().images().get(suspect.row()));
                csv.append(text(attribute.classes().get(suspect.label())))
                        .append(',')
                        .append(text(attribute.classes().get(suspect.suggested())))
                        .append(String.format(
                                Locale.ROOT,
                                ",%.4f,%.4f,%n",
                                suspect.labelProbability(),
                                suspect.suggestedProbability()));
            }
        }
        findings.conflicts().forEach(conflict -> append(csv, findings, conflict));
        return csv.toString();
    }

    private static void append(StringBuilder csv, NoiseFindings findings, Conflict conflict) {
        Attribute attribute = findings.attribute(conflict.attribute());
        AnnotatedImage first = findings.table().images().get(conflict.first());
        AnnotatedImage second = findings.table().images().get(conflict.second());
        append(csv, attribute, 0, conflict.exact() ? "equal pictures" : "pictures that look the same", first);
        csv.append(text(attribute.classes().get(first.labels()[conflict.attribute()])))
                .append(',')
                .append(text(attribute.classes().get(second.labels()[conflict.attribute()])))
                .append(",,,")
                .append(second.line())
                .append('\n');
    }

    private static void append(StringBuilder csv, Attribute attribute, int rank, String kind, AnnotatedImage image) {
        csv.append(attribute.id())
                .append(',')
                .append(rank == 0 ? "" : Integer.toString(rank))
                .append(',')
                .append(text(kind))
                .append(',')
                .append(text(String.valueOf(image.source().getFileName())))
                .append(',')
                .append(image.line())
                .append(',')
                .append(text(image.path().toString()))
                .append(',');
    }

    /** A spreadsheet must not take a text for a formula. */
    private static String text(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
