package ai.facet.blocks;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Block's parameters by path: the names of the children from the root, then the parameter's, joined by dots. DJL's
 * own paths carry the child's number, which changes when a layer is put before it.
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
        block.getChildren()
                .forEach(child ->
                        collect(child.getValue(), prefix + child.getKey().substring(CHILD_NUMBER_DIGITS) + ".", paths));
    }
}
