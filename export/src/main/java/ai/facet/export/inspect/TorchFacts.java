package ai.facet.export.inspect;

import ai.facet.description.ModelDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a TorchScript archive says about itself: records, the operators in its code, our description. */
final class TorchFacts {
    private static final Pattern OPERATOR =
            Pattern.compile("\\b(?:torch|ops\\.[a-z_]{1,40})\\.([A-Za-z_0-9]{1,80})\\(");
    private static final Pattern SIGNATURE = Pattern.compile("def forward\\(([^)]{0,4000})\\) -> ([^:\\n]{1,200}):");
    private static final Pattern ARGUMENT =
            Pattern.compile("(\\w{1,80}): ([A-Za-z0-9_.\\[\\], ]{1,80}?)\\s*(?:,\\s*\\n|$)");
    private static final Pattern RETURNED = Pattern.compile("return \\{([^}]{0,100000})\\}");
    private static final Pattern KEY = Pattern.compile("\"(\\w{1,200})\": ");

    private TorchFacts() {}

    static void add(TorchArchive archive, Path file, Map<String, Object> facts) throws IOException {
        String code = archive.texts().getOrDefault("code/__torch__.py", "");
        facts.put("archiveVersion", archive.version());
        facts.put("inputs", inputs(code));
        facts.put("outputs", outputs(code));
        Map<String, Long> operators = operators(archive);
        facts.put("nodes", operators.values().stream().mapToLong(n -> n).sum());
        facts.put("operators", operators);
        addTensors(archive, facts);
        String description = archive.texts().get("extra/" + ModelDescription.TORCHSCRIPT_EXTRA_FILE);
        if (description != null) {
            DescriptionFacts.parse(description, file + ":extra/" + ModelDescription.TORCHSCRIPT_EXTRA_FILE, facts);
        }
        facts.put("records", records(archive));
    }

    /** Ours are all float32; what others hold stands in a pickle, which is not read. */
    private static void addTensors(TorchArchive archive, Map<String, Object> facts) {
        List<Long> tensors = archive.records().entrySet().stream()
                .filter(record -> record.getKey().matches("data/\\d+"))
                .map(Map.Entry::getValue)
                .toList();
        long bytes = tensors.stream().mapToLong(n -> n).sum();
        boolean ours = archive.texts().containsKey("extra/" + ModelDescription.TORCHSCRIPT_EXTRA_FILE);
        if (ours) {
            facts.put("parameters", bytes / Float.BYTES);
        }
        facts.put("weightTensors", tensors.size());
        facts.put("weightBytes", bytes);
    }

    private static List<Map<String, Object>> inputs(String code) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Matcher signature = SIGNATURE.matcher(code);
        if (signature.find()) {
            Matcher argument = ARGUMENT.matcher(signature.group(1));
            while (argument.find()) {
                if (!argument.group(1).equals("self")) {
                    rows.add(row(argument.group(1), argument.group(2)));
                }
            }
        }
        return rows;
    }

    /** The keys of a dictionary, or the type that is returned. */
    private static List<Map<String, Object>> outputs(String code) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Matcher signature = SIGNATURE.matcher(code);
        Matcher returned = RETURNED.matcher(code);
        if (returned.find()) {
            Matcher key = KEY.matcher(returned.group(1));
            while (key.find()) {
                rows.add(row(key.group(1), "Tensor"));
            }
        } else if (signature.find()) {
            rows.add(row("(result)", signature.group(2)));
        }
        return rows;
    }

    private static Map<String, Object> row(String name, String type) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("type", type.strip());
        return row;
    }

    private static Map<String, Long> operators(TorchArchive archive) {
        Map<String, Long> operators = new TreeMap<>();
        archive.texts().forEach((name, text) -> {
            if (name.endsWith(".py")) {
                Matcher call = OPERATOR.matcher(text);
                while (call.find()) {
                    operators.merge(call.group(1), 1L, Long::sum);
                }
            }
        });
        return operators;
    }

    private static List<Map<String, Object>> records(TorchArchive archive) {
        List<Map<String, Object>> rows = new ArrayList<>();
        archive.records().forEach((name, bytes) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("record", archive.folder() + name);
            row.put("bytes", bytes);
            rows.add(row);
        });
        return rows;
    }
}
