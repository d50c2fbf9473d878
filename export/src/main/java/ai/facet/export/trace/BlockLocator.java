package ai.facet.export.trace;

import ai.djl.nn.AbstractBaseBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says in which Block an error happened. Blocks do not tell when they run, so the classes on the call stack are matched
 * with the Block tree; of several that match, those before the Block whose parameter was read last are out.
 */
final class BlockLocator {
    private static final int SHOWN_CANDIDATES = 3;

    private final List<Place> places = new ArrayList<>();
    private @Nullable Parameter lastParameter;

    /** A Block of the tree with its ancestors, itself last. */
    private record Place(String path, List<Block> chain) {
        Block block() {
            return chain.get(chain.size() - 1);
        }

        boolean runsAs(List<Class<?>> stack) {
            if (stack.size() != chain.size()) {
                return false;
            }
            for (int i = 0; i < stack.size(); i++) {
                if (!stack.get(i).isInstance(chain.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    BlockLocator(Block root) {
        collect(new Place("", List.of(root)));
    }

    void read(Parameter parameter) {
        lastParameter = parameter;
    }

    /** For example {@code , called by Block "02SequentialBlock/01LambdaBlock"}; empty outside of Blocks. */
    String where() {
        List<Class<?>> stack = blocksOnStack();
        if (stack.isEmpty()) {
            return "";
        }
        List<String> found = places.subList(firstPossible(), places.size()).stream()
                .filter(place -> place.runsAs(stack))
                .map(place -> place.path().isEmpty() ? place.block().getClass().getSimpleName() : place.path())
                .map(path -> '"' + path + '"')
                .toList();
        if (found.isEmpty()) {
            return ", called by a Block of the class "
                    + stack.get(stack.size() - 1).getSimpleName();
        }
        String more = found.size() > SHOWN_CANDIDATES ? " or " + (found.size() - SHOWN_CANDIDATES) + " others" : "";
        return found.stream().limit(SHOWN_CANDIDATES).collect(Collectors.joining(" or ", ", called by Block ", more));
    }

    /** Blocks run in the order of the tree, so nothing before the owner of the last parameter can be running alone. */
    private int firstPossible() {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).block().getDirectParameters().values().stream().anyMatch(p -> p == lastParameter)) {
                return i;
            }
        }
        return 0;
    }

    /** Classes whose {@code forward} methods run now, the outermost first. */
    private static List<Class<?>> blocksOnStack() {
        List<Class<?>> classes = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(f -> f.getMethodName().equals("forwardInternal")
                                || f.getMethodName().equals("forward"))
                        .map(f -> (Class<?>) f.getDeclaringClass())
                        .filter(c -> Block.class.isAssignableFrom(c))
                        .filter(c -> c != Block.class && c != AbstractBaseBlock.class)
                        .collect(Collectors.toCollection(ArrayList::new)));
        Collections.reverse(classes);
        return classes;
    }

    private void collect(Place place) {
        places.add(place);
        for (Pair<String, Block> child : place.block().getChildren()) {
            String path = place.path().isEmpty() ? child.getKey() : place.path() + "/" + child.getKey();
            List<Block> chain = new ArrayList<>(place.chain());
            chain.add(child.getValue());
            collect(new Place(path, chain));
        }
    }
}
