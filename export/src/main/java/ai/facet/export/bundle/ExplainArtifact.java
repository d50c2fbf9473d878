package ai.facet.export.bundle;

import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Node;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.passes.ClassMaps;
import ai.facet.heat.ClassMapGrids;
import ai.facet.network.CellGrid;
import ai.facet.network.MapPlace;
import ai.facet.schema.Attribute;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code model.explain.onnx}: the network with its class maps, and where they lie. */
final class ExplainArtifact {
    private final Graph graph;
    private final ModelDescription description;
    private final ClassMapGrids grids;

    private ExplainArtifact(Graph graph, ModelDescription description, ClassMapGrids grids) {
        this.graph = graph;
        this.description = description;
        this.grids = grids;
    }

    /**
     * Finds the class maps.
     *
     * @param inference the network's graph, one output for each attribute
     * @throws IllegalArgumentException saying why the network has none
     */
    static ExplainArtifact of(Graph inference, ModelDescription description) {
        MapPlace place = MapPlace.of(description.network(), MapPlace.TOWER);
        Graph graph = ClassMaps.add(inference, description);
        CellGrid grid = CellGrid.of(
                description.network(),
                place,
                description.preprocessing().heightPx(),
                description.preprocessing().widthPx());
        for (Attribute attribute : description.schema().attributes()) {
            requireShape(graph, attribute, grid);
        }
        return new ExplainArtifact(
                graph,
                description,
                new ClassMapGrids(Collections.nCopies(description.schema().size(), grid)));
    }

    private static void requireShape(Graph graph, Attribute attribute, CellGrid grid) {
        String output = ClassMapGrids.outputName(attribute);
        List<Long> found =
                Objects.requireNonNull(graph.outputs().get(output), output).shape();
        List<Long> expected =
                List.of(Node.BATCH, (long) attribute.classCount(), (long) grid.rows(), (long) grid.columns());
        if (!found.equals(expected)) {
            throw new IllegalStateException(output + " has the shape " + found + "; expected " + expected);
        }
    }

    byte[] bytes() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ModelDescription.ONNX_METADATA_KEY, description.toText());
        metadata.put(ClassMapGrids.ONNX_METADATA_KEY, grids.toText(description.schema()));
        return OnnxWriter.write(graph, description.name(), metadata);
    }
}
