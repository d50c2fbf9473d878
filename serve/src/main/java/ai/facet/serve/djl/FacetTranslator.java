package ai.facet.serve.djl;

import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.ServingTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecodeException;
import ai.facet.decode.ImageDecoder;
import ai.facet.description.ModelDescription;
import ai.facet.json.Json;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.prediction.Prediction;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Requests with pictures to JSON answers, for DJL Serving. A batch goes through the model as one array; a request
 * without a readable picture gets its own error and leaves the rest of the batch alone.
 *
 * <p>Holds no state of a batch (that lies in the context), so one translator serves all workers.
 */
final class FacetTranslator implements ServingTranslator {
    private static final String SLOTS = "ai.facet.slots";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FAILED = 500;

    private final ModelDescription description;
    private final PixelPipeline pipeline;
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);

    FacetTranslator(ModelDescription description) {
        this.description = description;
        this.pipeline = new PixelPipeline(description.preprocessing());
    }

    /** Nothing can be set: everything is in the bundle's description. */
    @Override
    public void setArguments(Map<String, ?> arguments) {}

    @Override
    public NDList processInput(TranslatorContext context, Input request) {
        return batchProcessInput(context, List.of(request));
    }

    @Override
    public Output processOutput(TranslatorContext context, NDList outputs) {
        return batchProcessOutput(context, outputs).get(0);
    }

    /** Gives one uint8 array {@code [readable pictures, height, width, 3]}; never throws for what a request holds. */
    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Input> requests) {
        Preprocessing preprocessing = description.preprocessing();
        ByteBuffer images = context.getNDManager().allocateDirect(requests.size() * preprocessing.imageBytes());
        BatchSlots slots = new BatchSlots();
        requests.forEach(request -> place(request, images, slots));
        context.setAttachment(SLOTS, slots);
        Shape shape = new Shape(Math.max(slots.rows(), 1), preprocessing.heightPx(), preprocessing.widthPx(), 3);
        return new NDList(
                context.getNDManager().create(slots.used(images, preprocessing.imageBytes()), shape, DataType.UINT8));
    }

    /** An Error that left this method would take DJL Serving's worker down with the whole batch. */
    private void place(Input request, ByteBuffer images, BatchSlots slots) {
        try {
            int offset = slots.rows() * description.preprocessing().imageBytes();
            pipeline.apply(decoder.decode(RequestImage.of(request), "image"), null, images, offset);
            slots.accept();
        } catch (ImageDecodeException | IllegalArgumentException e) {
            slots.refuse(error(BAD_REQUEST, String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            slots.refuse(error(FAILED, "the picture could not be read: " + e));
        }
    }

    @Override
    public List<Output> batchProcessOutput(TranslatorContext context, NDList outputs) {
        BatchSlots slots = (BatchSlots) Objects.requireNonNull(context.getAttachment(SLOTS));
        try {
            List<float[]> probabilities = probabilities(outputs, Math.max(slots.rows(), 1));
            return slots.answers(row -> answer(probabilities, row));
        } catch (TranslateException | RuntimeException | Error e) {
            return slots.answers(row -> failed(e));
        }
    }

    private static Output failed(Throwable failure) {
        return error(FAILED, "the model did not answer: " + failure.getMessage());
    }

    /** One {@code [rows, classes]} array for each attribute. */
    private List<float[]> probabilities(NDList outputs, int rows) throws TranslateException {
        List<float[]> all = new ArrayList<>();
        for (Attribute attribute : description.schema().attributes()) {
            NDArray output = outputs.get(attribute.id());
            Shape expected = new Shape(rows, attribute.classCount());
            if (output == null || !output.getShape().equals(expected)) {
                throw new TranslateException("output " + attribute.id() + " is "
                        + (output == null ? "missing" : output.getShape()) + "; expected " + expected);
            }
            all.add(output.toFloatArray());
        }
        return all;
    }

    /** A row that is no answer fails alone. */
    private Output answer(List<float[]> probabilities, int row) {
        try {
            return json(OK, "OK", prediction(probabilities, row).toJson(false));
        } catch (NonFiniteOutputException e) {
            return failed(e);
        }
    }

    private Prediction prediction(List<float[]> probabilities, int row) {
        List<AttributePrediction> answers = new ArrayList<>();
        for (int i = 0; i < probabilities.size(); i++) {
            Attribute attribute = description.schema().attributes().get(i);
            int classes = attribute.classCount();
            float[] own = Arrays.copyOfRange(probabilities.get(i), row * classes, (row + 1) * classes);
            answers.add(AttributePrediction.of(
                    attribute, own, description.calibration().get(i).unsureBelow()));
        }
        return new Prediction(answers);
    }

    private static Output error(int code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("type", code == BAD_REQUEST ? "BadRequestException" : "InternalServerException");
        body.put("message", message);
        return json(code, message, body);
    }

    private static Output json(int code, String message, Map<String, Object> body) {
        Output output = new Output(code, message);
        output.addProperty("Content-Type", "application/json");
        output.add(Json.write(body).getBytes(StandardCharsets.UTF_8));
        return output;
    }
}
