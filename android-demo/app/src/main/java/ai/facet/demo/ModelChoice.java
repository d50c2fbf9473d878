package ai.facet.demo;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.prediction.Int8Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The model that this device can run: the integers if they answer here as they did where the model was made, else the floats,
 * else the integers with a warning. Asked anew at each load, because the provider may compute otherwise too.
 */
final class ModelChoice {
    static final String INTEGERS = "model.int8.onnx";
    static final String FLOATS = "model.onnx";
    static final String REPORT = "int8.json";

    private final ModelFiles files;
    private final Execution wanted;

    private ModelChoice(ModelFiles files, Execution wanted) {
        this.files = files;
        this.wanted = wanted;
    }

    /** A model that is open, and how its check went. */
    record Loaded(PhoneModel model, SelfCheck check) {}

    static Loaded load(ModelFiles files, Execution wanted) throws Failure {
        try {
            return new ModelChoice(files, wanted).load();
        } catch (IOException | JsonException e) {
            throw new Failure(R.string.error_model, String.valueOf(e.getMessage()));
        }
    }

    private Loaded load() throws Failure, IOException {
        Optional<byte[]> integers = files.read(INTEGERS);
        if (!integers.isPresent()) {
            byte[] floats = files.read(FLOATS)
                    .orElseThrow(() -> new Failure(
                            R.string.error_model, ModelFiles.FOLDER + "/ has neither " + INTEGERS + " nor " + FLOATS));
            return new Loaded(PhoneModel.load(FLOATS, floats, wanted), SelfCheck.NOT_NEEDED);
        }
        PhoneModel model = PhoneModel.load(INTEGERS, integers.get(), wanted);
        try {
            SelfCheck check = check(model);
            if (check.outcome() != SelfCheck.Outcome.DIFFERS) {
                return new Loaded(model, check);
            }
            Optional<byte[]> floats = files.read(FLOATS);
            if (!floats.isPresent()) {
                return new Loaded(model, check);
            }
            model.close();
            return new Loaded(PhoneModel.load(FLOATS, floats.get(), wanted), check.replaced());
        } catch (Failure | IOException | RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private SelfCheck check(PhoneModel model) throws Failure, IOException {
        Optional<byte[]> report = files.read(REPORT);
        if (!report.isPresent()) {
            return SelfCheck.NOT_STORED;
        }
        String text = new String(report.get(), StandardCharsets.UTF_8);
        Int8Check check = Int8Check.fromJson(
                Json.parseObject(text, REPORT).object("selfCheck"),
                model.description().schema());
        return SelfCheck.of(check.different(model.description().preprocessing(), model::answer), check.answers());
    }
}
