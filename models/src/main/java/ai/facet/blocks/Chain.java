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
import org.jspecify.annotations.Nullable;

/**
 * Named blocks one after another. It closes each intermediate once the next block has consumed it; its input belongs to
 * the caller. Dropout is skipped in inference.
 */
final class Chain extends AbstractBlock {
    private final List<Block> links = new ArrayList<>();

    Chain add(String name, Block link) {
        links.add(addChildBlock(name, link));
        return this;
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    @SuppressWarnings("ReferenceEquality") // a link with nothing to do hands its very input on
    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList current = inputs;
        boolean mine = false;
        for (Block link : links) {
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
