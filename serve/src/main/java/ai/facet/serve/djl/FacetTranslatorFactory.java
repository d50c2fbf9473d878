package ai.facet.serve.djl;

import ai.djl.Model;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import ai.facet.description.ModelDescription;
import ai.facet.json.JsonException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Makes the translator of a bundle; named by the bundle's {@code serving.properties} and found by DJL Serving in
 * {@code deps/facet-djl-serving.jar}. Reads {@code model.json} beside the model.
 */
public final class FacetTranslatorFactory implements TranslatorFactory {
    /** The description inside a bundle; the same name as in {@code ai.facet.bundle}, which is not in the jar. */
    private static final String DESCRIPTION = "model.json";

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(new Pair<>(Input.class, Output.class));
    }

    @Override
    @SuppressWarnings("unchecked") // checked by isSupported: I is Input and O is Output
    public <I, O> Translator<I, O> newInstance(Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
            throws TranslateException {
        if (!isSupported(input, output)) {
            throw new TranslateException("Facet translates Input to Output, not " + input.getName() + " to "
                    + output.getName() + ". Set the criteria's types to Input.class and Output.class");
        }
        return (Translator<I, O>) new FacetTranslator(description(model.getModelPath()));
    }

    private static ModelDescription description(Path modelPath) throws TranslateException {
        Path folder = Files.isDirectory(modelPath) ? modelPath : modelPath.resolveSibling("");
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            throw new TranslateException(
                    file + " is missing; expected a whole bundle of facet export as the model folder. Copy it again");
        }
        try {
            return ModelDescription.parse(Files.readString(file), file.toString());
        } catch (IOException | JsonException e) {
            throw new TranslateException(file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
