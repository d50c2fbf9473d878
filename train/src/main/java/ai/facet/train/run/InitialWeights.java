package ai.facet.train.run;

import ai.facet.blocks.NetworkWeights;
import ai.facet.blocks.ParameterPaths;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import ai.facet.cli.TextTable;
import ai.facet.cli.UserException;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Takes an earlier checkpoint's weights where they fit. */
final class InitialWeights {
    private InitialWeights() {}

    /**
     * Copies every parameter that has the same path and shape in the checkpoint. The tower of an attribute that has other
     * classes there begins anew: its answers would bear the wrong names.
     *
     * @return a table of what was taken and what begins anew
     * @throws UserException (exit 2) if nothing fits
     */
    static String take(Path file, RunNetwork network) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(file);
        List<String> otherClasses =
                attributesWithOtherClasses(checkpoint.description().schema(), network.schema());
        Map<String, Tensor> usable = new TreeMap<>(checkpoint.weights());
        usable.keySet().removeIf(path -> otherClasses.stream().anyMatch(id -> isOf(id, path)));
        Set<String> taken = NetworkWeights.loadMatching(network.block(), usable);
        if (taken.isEmpty()) {
            throw UserException.badArguments("--init-from " + file + ": no parameter of this network "
                    + checkpoint.description().network().name() + " has the path and shape of one of "
                    + network.description().network().name() + "; expected a checkpoint of a similar network");
        }
        return "weights of " + file + "\n" + table(network, taken)
                + (otherClasses.isEmpty() ? "" : "other classes, so their towers begin anew: " + otherClasses + "\n");
    }

    private static List<String> attributesWithOtherClasses(AttributeSchema before, AttributeSchema now) {
        Map<String, List<String>> classes =
                before.attributes().stream().collect(Collectors.toMap(Attribute::id, Attribute::classes));
        return now.attributes().stream()
                .filter(a -> classes.containsKey(a.id()) && !a.classes().equals(classes.get(a.id())))
                .map(Attribute::id)
                .toList();
    }

    /** {@code tower.age.class.weight}, or in a network of the user's own {@code network.head.age.weight}. */
    private static boolean isOf(String attribute, String path) {
        return path.startsWith("tower." + attribute + ".") || path.contains(".head." + attribute + ".");
    }

    private static TextTable table(RunNetwork network, Set<String> taken) {
        Map<String, int[]> parts = new TreeMap<>();
        ParameterPaths.of(network.block()).keySet().forEach(path -> {
            int[] counts = parts.computeIfAbsent(part(path), p -> new int[2]);
            counts[taken.contains(path) ? 0 : 1]++;
        });
        TextTable table = new TextTable(List.of("part", "tensors taken", "begin anew"));
        parts.forEach((part, counts) -> table.add(List.of(
                part, String.format(Locale.ROOT, "%d", counts[0]), String.format(Locale.ROOT, "%d", counts[1]))));
        return table;
    }

    /** The first two names of a path: {@code base.stages}, {@code tower.gender}. */
    private static String part(String path) {
        String[] names = path.split("\\.", 3);
        return names.length < 2 ? path : names[0] + "." + names[1];
    }
}
