package ai.facet.blocks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Named blocks one after another. It closes each intermediate once the next block has consumed it; its input belongs to
 * the caller. Dropout is skipped in inference.
 */
final class Chain extends AbstractBlock {
    private final List<Block> links = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Chain add(String name, Block link) {
        links.add(addChildBlock(name, link));
        names.add(name);
        return this;
    }

    int size() {
        return links.size();
    }

    /** How many links stand before the first whose name fits; all if none does. */
    int linksBefore(Predicate<String> wanted) {
        int before = 0;
        while (before < names.size() && !wanted.test(names.get(before))) {
            before++;
        }
        return before;
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        return apply(links, store, inputs, training, params);
    }

    /** Some of the links, in inference; none gives the input itself. */
    NDList infer(ParameterStore store, NDList inputs, int from, int to) {
        return apply(links.subList(from, to), store, inputs, false, null);
    }

    @SuppressWarnings("ReferenceEquality") // a link with nothing to do hands its very input on
    private static NDList apply(
            List<Block> chosen,
            ParameterStore store,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> params) {
        NDList current = inputs;
        boolean mine = false;
        for (Block link : chosen) {
            if (link instanceof Dropout && !training) {
                continue;
            }
            NDList next = link.forward(store, current, training, params);
            if (mine && next != current) {
                current.close();
            }
            current = next;
            mine = true;
        }
        return current;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block link : links) {
            shapes = link.getOutputShapes(shapes);
        }
        return shapes;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block link : links) {
            link.initialize(manager, dataType, shapes);
            shapes = link.getOutputShapes(shapes);
        }
    }
}
