package ai.facet.train.explain;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.facet.blocks.AttributeNetwork;
import ai.facet.blocks.OpenedNetwork;
import ai.facet.description.ModelDescription;
import ai.facet.heat.HeatMap;
import ai.facet.network.CellGrid;
import ai.facet.network.MapPlace;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Softmax;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.train.input.HostBatch;
import ai.facet.train.optimize.GradMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes heat for batches of pictures. The network runs up to the chosen place without a record; from there on each
 * attribute's logit of the explained class is derived by the maps. In inference the pictures of a batch do not touch each
 * other, so the derivative of the sum of their logits holds each picture's own. One sub-manager a batch. Engine thread
 * only.
 */
final class Explainer {
    private final ModelDescription description;
    private final OpenedNetwork network;
    private final CellGrid grid;
    private final HeatMethod method;
    private final ClassChoice choice;
    private final NDManager manager;

    /** @param manager the network's */
    Explainer(
            ModelDescription description,
            AttributeNetwork network,
            MapPlace place,
            HeatMethod method,
            ClassChoice choice,
            NDManager manager) {
        Preprocessing input = description.preprocessing();
        this.description = description;
        this.network = new OpenedNetwork(network, place);
        this.grid = CellGrid.of(description.network(), place, input.heightPx(), input.widthPx());
        this.method = method;
        this.choice = choice;
        this.manager = manager;
    }

    /** Where the heat maps' values lie on the input. */
    CellGrid grid() {
        return grid;
    }

    /**
     * Heat for every picture of a batch.
     *
     * @param attributes positions in the schema
     * @return by picture, then in the order of {@code attributes}
     */
    @SuppressWarnings("try") // the switch is only held, never asked
    List<List<AttributeHeat>> explain(HostBatch batch, int[] attributes) {
        Preprocessing input = description.preprocessing();
        List<List<AttributeHeat>> heats = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            heats.add(new ArrayList<>());
        }
        try (GradMode off = GradMode.off();
                NDManager batchManager = manager.newSubManager()) {
            Shape shape = new Shape(batch.size(), input.heightPx(), input.widthPx(), 3);
            NDArray images = batchManager.create(batch.pixelsNhwc(), shape, DataType.UINT8);
            ParameterStore store = new ParameterStore(batchManager, false);
            NDArray shared = network.shared(store, images); // [N, C, h, w]
            for (int attribute : attributes) {
                List<AttributeHeat> found = explain(store, shared, attribute, batch.labels());
                for (int i = 0; i < found.size(); i++) {
                    heats.get(i).add(found.get(i));
                }
            }
        }
        return heats;
    }

    /** What the network answers about one picture, and what is asked back. */
    private record Answer(AttributePrediction prediction, int explained, int label) {}

    private List<AttributeHeat> explain(ParameterStore store, NDArray shared, int index, int[][] labels) {
        Attribute attribute = description.schema().attributes().get(index);
        try (NDArray maps = network.maps(store, shared, index)) { // [N, C', h', w']
            maps.setRequiresGradient(true);
            List<Answer> answers;
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray logits = network.logits(store, maps, index); // [N, classes]
                answers = answers(attribute, index, logits.toFloatArray(), labels);
                collector.backward(logits.mul(chosen(answers, logits)).sum());
            }
            return heats(answers, maps);
        }
    }

    private List<Answer> answers(Attribute attribute, int index, float[] logits, int[][] labels) {
        double temperature = description.calibration().get(index).temperature();
        int classes = attribute.classCount();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
            AttributePrediction prediction = AttributePrediction.of(attribute, Softmax.of(row, temperature), 0);
            int label = labels[i][index];
            answers.add(new Answer(prediction, choice.explained(attribute, prediction.classIndex(), label), label));
        }
        return answers;
    }

    /** 1 at each picture's explained class, else 0: {@code [N, classes]}. */
    private static NDArray chosen(List<Answer> answers, NDArray logits) {
        int classes = (int) logits.getShape().get(1);
        float[] mask = new float[answers.size() * classes];
        for (int i = 0; i < answers.size(); i++) {
            mask[i * classes + answers.get(i).explained()] = 1;
        }
        return logits.getManager().create(mask, logits.getShape());
    }

    private List<AttributeHeat> heats(List<Answer> answers, NDArray maps) {
        float[] activations = maps.toFloatArray();
        float[] gradients;
        try (NDArray gradient = maps.getGradient()) {
            gradients = gradient.toFloatArray();
        }
        Shape shape = maps.getShape();
        List<AttributeHeat> heats = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Answer a = answers.get(i);
            HeatMap heat =
                    method.heat(activations, gradients, i, (int) shape.get(1), (int) shape.get(2), (int) shape.get(3));
            heats.add(new AttributeHeat(a.prediction(), a.explained(), a.label(), heat));
        }
        return heats;
    }
}
