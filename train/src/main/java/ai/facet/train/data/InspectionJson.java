package ai.facet.train.data;

import ai.facet.annotations.DoubtfulClass;
import ai.facet.annotations.NearDuplicates;
import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings as JSON: {@code rows}, {@code dataHash}, {@code attributes} (each with {@code missing},
 * {@code majorityRate}, {@code imbalance} and {@code classes}), {@code doubtfulClasses}, {@code imageSizes}, {@code copies} (lists of places),
 * {@code nearDuplicates}, {@code contradictions} and {@code badRows}. Nothing is cut.
 */
final class InspectionJson {
    private InspectionJson() {}

    static Map<String, Object> of(Inspection inspection) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("csv", inspection.name());
        json.put("rows", inspection.table().size());
        json.put("dataHash", inspection.table().hash());
        json.put("imagesRead", !inspection.scans().isEmpty());
        json.put("attributes", attributes(inspection));
        json.put(
                "doubtfulClasses",
                inspection.doubtfulClasses().stream()
                        .map(InspectionJson::doubtful)
                        .toList());
        Map<String, Object> sizes = new LinkedHashMap<>();
        ImageSizes.mostFrequent(inspection.scans()).forEach(s -> sizes.put(s.text(), s.count()));
        json.put("imageSizes", sizes);
        json.put("copies", copies(inspection));
        json.put("nearDuplicates", nearDuplicates(inspection));
        json.put(
                "contradictions",
                inspection.duplicates().conflicts().stream()
                        .map(c -> RowTexts.conflict(inspection.table(), c))
                        .toList());
        json.put("badRows", inspection.problems());
        return json;
    }

    private static Map<String, Object> doubtful(DoubtfulClass found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attribute", found.attribute());
        json.put("class", found.name());
        json.put("pictures", found.pictures());
        json.put("places", found.places());
        if (found.similar() != null) {
            json.put("similar", found.similar());
        }
        return json;
    }

    private static List<Map<String, Object>> attributes(Inspection inspection) {
        List<Map<String, Object>> list = new ArrayList<>();
        List<Attribute> attributes = inspection.table().schema().attributes();
        for (int a = 0; a < attributes.size(); a++) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", attributes.get(a).id());
            json.put("title", attributes.get(a).title());
            json.put("missing", inspection.missing(a));
            json.put("majorityRate", inspection.majorityRate(a));
            if (Double.isFinite(inspection.imbalance(a))) {
                json.put("imbalance", inspection.imbalance(a));
            }
            json.put("classes", classes(attributes.get(a), inspection.table().classCounts(a)));
            list.add(json);
        }
        return list;
    }

    private static Map<String, Object> classes(Attribute attribute, int[] counts) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int c = 0; c < counts.length; c++) {
            json.put(attribute.classes().get(c), counts[c]);
        }
        return json;
    }

    private static List<List<String>> copies(Inspection inspection) {
        return inspection.duplicates().exact().stream()
                .map(set -> set.stream()
                        .map(row -> RowTexts.place(inspection.table(), row))
                        .toList())
                .toList();
    }

    private static List<Map<String, Object>> nearDuplicates(Inspection inspection) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (NearDuplicates.Pair pair : inspection.duplicates().near()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("first", RowTexts.place(inspection.table(), pair.first()));
            json.put("second", RowTexts.place(inspection.table(), pair.second()));
            json.put("hashBits", pair.bits());
            json.put("colourDistance", pair.colour());
            list.add(json);
        }
        return list;
    }
}
