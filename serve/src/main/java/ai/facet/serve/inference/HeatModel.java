package ai.facet.serve.inference;

import ai.facet.bundle.ModelBundle;
import ai.facet.description.ModelDescription;
import ai.facet.heat.ClassMapGrids;
import ai.facet.heat.HeatMap;
import ai.facet.heat.PictureHeat;
import ai.facet.json.JsonException;
import ai.facet.network.CellGrid;
import ai.facet.prediction.Prediction;
import ai.facet.preprocess.FrameScale;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bundle's {@code model.explain.onnx} in a session of its own: answers with heat. {@link #run} is safe from many
 * threads at once; {@link #close} must not overlap with it.
 */
public final class HeatModel implements BatchInference {
    private final ModelDescription description;
    private final ClassMapGrids grids;
    private final OnnxSession session;

    private HeatModel(ModelDescription description, ClassMapGrids grids, OnnxSession session) {
        this.description = description;
        this.grids = grids;
        this.session = session;
    }

    /**
     * Loads the class maps of an opened model's bundle.
     *
     * @return null if there are none
     * @throws IOException as {@link #open}
     */
    public static @Nullable HeatModel openBeside(OnnxModel model, InferenceOptions options) throws IOException {
        ModelBundle bundle = model.bundle().orElse(null);
        return bundle == null || bundle.explain().isEmpty() ? null : open(bundle, options);
    }

    /**
     * Loads a bundle's class maps and runs them once.
     *
     * @param bundle opened, so its checksums are verified
     * @throws IOException if the bundle has none, or the file is damaged, foreign or another model's
     */
    public static HeatModel open(ModelBundle bundle, InferenceOptions options) throws IOException {
        Path file = bundle.explain()
                .orElseThrow(() -> new IOException(bundle.folder() + " has no " + ModelBundle.EXPLAIN
                        + "; export it with facet export --explain"));
        Map<String, String> metadata = OnnxFile.readMetadata(file);
        ModelDescription description = bundle.description();
        ClassMapGrids grids;
        try {
            OnnxModel.requireSameModel(
                    bundle,
                    file,
                    ModelDescription.parse(
                            text(metadata, ModelDescription.ONNX_METADATA_KEY, file), file + ":metadata"));
            grids = ClassMapGrids.parse(
                    text(metadata, ClassMapGrids.ONNX_METADATA_KEY, file), file + ":metadata", description.schema());
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
        OnnxSession session = OnnxSession.load(file, description.preprocessing(), outputs(description, grids), options);
        return new HeatModel(description, grids, session);
    }

    private static String text(Map<String, String> metadata, String key, Path file) throws IOException {
        String text = metadata.get(key);
        if (text == null) {
            throw new IOException(file + " has no " + key + " in its metadata. Export the bundle again");
        }
        return text;
    }

    private static List<OnnxSession.Output> outputs(ModelDescription description, ClassMapGrids grids) {
        List<OnnxSession.Output> outputs = new ArrayList<>(OnnxModel.outputs(description));
        for (int i = 0; i < description.schema().size(); i++) {
            Attribute attribute = description.schema().attributes().get(i);
            CellGrid grid = grids.grids().get(i);
            outputs.add(new OnnxSession.Output(
                    ClassMapGrids.outputName(attribute), List.of(attribute.classCount(), grid.rows(), grid.columns())));
        }
        return outputs;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public BatchOutput run(ByteBuffer imagesNhwc, int batch) {
        return OnnxModel.read(session, imagesNhwc, batch, description);
    }

    @Override
    public Answer answer(BatchOutput output, int index, FrameScale scale) {
        Prediction prediction = output.prediction(description, index);
        List<PictureHeat> heats = new ArrayList<>();
        for (int i = 0; i < grids.grids().size(); i++) {
            int classIndex = prediction.attributes().get(i).classIndex();
            int classes = description.schema().attributes().get(i).classCount();
            HeatMap heat = heat(
                    output.classMaps().get(i),
                    index * classes + classIndex,
                    grids.grids().get(i));
            heats.add(PictureHeat.of(heat, grids.grids().get(i), scale));
        }
        return new Answer(prediction, heats);
    }

    /**
     * What speaks for a class; what speaks against it is cut to 0.
     *
     * @param maps {@code [.., rows, columns]}
     * @param row which of the maps
     */
    private static HeatMap heat(float[] maps, int row, CellGrid grid) {
        float[] heat = new float[grid.rows() * grid.columns()];
        for (int i = 0; i < heat.length; i++) {
            heat[i] = Math.max(0, maps[row * heat.length + i]);
        }
        return new HeatMap(grid.rows(), grid.columns(), heat);
    }

    /** Ends the session. May be called twice. */
    @Override
    public void close() {
        session.close();
    }
}
