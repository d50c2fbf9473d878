package ai.facet.train.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.facet.blocks.HostFloats;
import ai.facet.blocks.OpenedNetwork;
import ai.facet.blocks.ParameterPaths;
import ai.facet.cli.UserException;
import ai.facet.network.MapPlace;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.train.optimize.GradMode;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws what lies inside a network: filters, and the maps that a picture makes at a place. Engine thread only. */
final class LayerFiles {
    private static final int CONVOLUTION_DIMENSIONS = 4;

    private final ExplainedNetwork network;

    LayerFiles(ExplainedNetwork network) {
        this.network = network;
    }

    /**
     * The filters of a convolution.
     *
     * @param path of its weight, such as {@code base.stages.stem.conv1.weight}; empty for the network's first
     * @throws UserException (exit 2) naming the convolutions there are
     */
    BufferedImage filters(String path) {
        Map<String, Parameter> convolutions = convolutions(network.block());
        List<String> paths = List.copyOf(convolutions.keySet());
        if (paths.isEmpty()) {
            throw UserException.badArguments("--filters: the network has no convolution");
        }
        Parameter weight = convolutions.get(path.isEmpty() ? paths.get(0) : path);
        if (weight == null) {
            throw UserException.badArguments("--filters: no convolution \"" + path + "\"; expected one of " + paths);
        }
        Shape shape = weight.getArray().getShape(); // [out, in, k, k]
        return new FilterSheet(
                        (int) shape.get(0), (int) shape.get(1), (int) shape.get(2), HostFloats.of(weight.getArray()))
                .draw();
    }

    private static Map<String, Parameter> convolutions(Block block) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        ParameterPaths.of(block).forEach((path, parameter) -> {
            if (parameter.getArray().getShape().dimension() == CONVOLUTION_DIMENSIONS) {
                found.put(path, parameter);
            }
        });
        return found;
    }

    /**
     * The maps that a picture makes.
     *
     * @param picture drawn in front of them
     * @return sheets by what to call them: one for a stage, one for each attribute inside the towers
     */
    @SuppressWarnings("try") // the switch is only held, never asked
    Map<String, BufferedImage> maps(MapPlace place, byte[] pixelsHwc, BufferedImage picture) {
        Preprocessing input = network.description().preprocessing();
        OpenedNetwork opened = new OpenedNetwork(network.ofStages(), place);
        Map<String, BufferedImage> sheets = new LinkedHashMap<>();
        try (GradMode off = GradMode.off();
                NDManager manager = network.manager().newSubManager()) {
            ParameterStore store = new ParameterStore(manager, false);
            Shape shape = new Shape(1, input.heightPx(), input.widthPx(), 3);
            NDArray images = manager.create(ByteBuffer.wrap(pixelsHwc), shape, DataType.UINT8);
            NDArray shared = opened.shared(store, images);
            List<String> names = names(place);
            for (int i = 0; i < names.size(); i++) {
                NDArray maps = opened.maps(store, shared, i); // [1, C, h, w]
                sheets.put(names.get(i), sheet(names.get(i), maps, picture));
            }
        }
        return sheets;
    }

    private List<String> names(MapPlace place) {
        List<String> names = new ArrayList<>();
        if (place.inTowers()) {
            for (Attribute attribute : network.description().schema().attributes()) {
                names.add(place.name() + "-" + attribute.id());
            }
        } else {
            names.add(place.name());
        }
        return names;
    }

    private static BufferedImage sheet(String name, NDArray maps, BufferedImage picture) {
        Shape shape = maps.getShape();
        int channels = (int) shape.get(1);
        int rows = (int) shape.get(2);
        int columns = (int) shape.get(3);
        String title = name + ": " + channels + " maps of " + columns + " x " + rows;
        return new MapSheet(title, channels, rows, columns).draw(picture, maps.toFloatArray(), 0);
    }
}
