package ai.facet.export.trace;

import ai.djl.nn.AbstractBaseBlock;
import ai.djl.nn.Block;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says in which Block an error happened. Blocks do not tell when they run, so the classes on the call stack are matched
 * with the Block tree, and the parameter read last narrows it down.
 */
final class BlockLocator {
    private static final int SHOWN_CANDIDATES = 3;

    private final Block root;
    private String lastParameter = "";

    BlockLocator(Block root) {
        this.root = root;
    }

    void read(String parameter) {
        lastParameter = parameter;
    }

    /** For example {@code , called by Block "02SequentialBlock/01LambdaBlock"}. */
    String where() {
        List<Class<?>> stack = blocksOnStack();
        if (stack.isEmpty()) {
            return "";
        }
        List<String> paths = new ArrayList<>();
        collect(root, "", 0, stack, paths);
        String after = lastParameter.isEmpty() ? "" : ", after parameter " + lastParameter + " was read";
        if (paths.isEmpty()) {
            return ", called by Block " + stack.get(stack.size() - 1).getSimpleName() + after;
        }
        String more = paths.size() > SHOWN_CANDIDATES ? " or " + (paths.size() - SHOWN_CANDIDATES) + " others" : "";
        return paths.stream().limit(SHOWN_CANDIDATES).collect(Collectors.joining(" or ", ", called by Block ", more))
                + after;
    }

    /** Classes whose {@code forward} methods run now, the outermost first. */
    private static List<Class<?>> blocksOnStack() {
        List<Class<?>> classes = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(f -> f.getMethodName().equals("forwardInternal")
                                || f.getMethodName().equals("forward"))
                        .map(f -> (Class<?>) f.getDeclaringClass())
                        .filter(c ->
                                Block.class.isAssignableFrom(c) && c != Block.class && c != AbstractBaseBlock.class)
                        .collect(Collectors.toCollection(ArrayList::new)));
        java.util.Collections.reverse(classes);
        return classes;
    }

    private static void collect(Block block, String path, int depth, List<Class<?>> stack, List<String> found) {
        if (!stack.get(depth).isInstance(block)) {
            return;
        }
        if (depth == stack.size() - 1) {
            found.add("\"" + (path.isEmpty() ? block.getClass().getSimpleName() : path) + "\"");
            return;
        }
        for (Pair<String, Block> child : block.getChildren()) {
            String childPath = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
            collect(child.getValue(), childPath, depth + 1, stack, found);
        }
    }
}
