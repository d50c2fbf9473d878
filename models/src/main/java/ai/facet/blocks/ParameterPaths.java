package ai.facet.blocks;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Block's parameters by path: the names of the children from the root, then the parameter's, joined by dots. DJL's
 * own paths carry the child's number, which changes when a layer is put before it; here only children that share a name
 * with a sibling, as in stock blocks, keep it.
 */
public final class ParameterPaths {
    private static final int CHILD_NUMBER_DIGITS = 2;

    private ParameterPaths() {}

    /** All parameters in the Block's order; constants of the preprocessing contract are left out. */
    public static Map<String, Parameter> of(Block block) {
        Map<String, Parameter> paths = new LinkedHashMap<>();
        collect(block, "", paths);
        return paths;
    }

    private static void collect(Block block, String prefix, Map<String, Parameter> paths) {
        if (block instanceof Normalization) {
            return;
        }
        block.getDirectParameters().forEach(p -> {
            if (paths.put(prefix + p.getKey(), p.getValue()) != null) {
                throw new IllegalArgumentException("two parameters have the path " + prefix + p.getKey());
            }
        });
        List<String> names = block.getChildren().keys().stream()
                .map(key -> key.substring(CHILD_NUMBER_DIGITS))
                .toList();
        for (int i = 0; i < names.size(); i++) {
            boolean only = Collections.frequency(names, names.get(i)) == 1;
            String name = only ? names.get(i) : block.getChildren().keyAt(i);
            collect(block.getChildren().valueAt(i), prefix + name + ".", paths);
        }
    }
}
