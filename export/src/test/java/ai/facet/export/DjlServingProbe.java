package ai.facet.export;

import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * Loads a model folder as DJL Serving does, and asks it about pictures in one batch. Knows DJL alone, since it runs where
 * nothing else of Facet's is.
 */
final class DjlServingProbe {
    static final String ANSWER = "answer ";

    private DjlServingProbe() {}

    /** Arguments: the model folder, then pictures. Prints DJL's version, then status and body of each answer. */
    public static void main(String[] args) throws Exception {
        System.out.println(ANSWER + "DJL " + Engine.getDjlVersion());
        List<Input> requests = new ArrayList<>();
        for (String picture : Arrays.asList(args).subList(1, args.length)) {
            Input request = new Input();
            request.add("data", Files.readAllBytes(Path.of(picture)));
            requests.add(request);
        }
        try (ZooModel<Input, Output> model = load(Path.of(args[0]));
                Predictor<Input, Output> predictor = model.newPredictor()) {
            for (Output answer : predictor.batchPredict(requests)) {
                System.out.println(ANSWER + answer.getCode() + " "
                        + new String(answer.getData().getAsBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** Its server takes engine and model name from serving.properties; DJL itself reads factory and options from there. */
    private static ZooModel<Input, Output> load(Path folder) throws Exception {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(folder.resolve("serving.properties"))) {
            properties.load(reader);
        }
        return Criteria.builder()
                .setTypes(Input.class, Output.class)
                .optModelUrls(folder.toUri().toString())
                .optModelName(properties.getProperty("option.modelName"))
                .optEngine(properties.getProperty("engine"))
                .build()
                .loadModel();
    }
}
