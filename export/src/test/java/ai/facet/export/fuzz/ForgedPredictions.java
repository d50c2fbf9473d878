package ai.facet.export.fuzz;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The child process: opens many forged bundles as {@code facet predict} does and asks each for one answer. */
final class ForgedPredictions {
    /** Begins the line that tells which seed comes next. */
    static final String SEED = "seed ";

    private ForgedPredictions() {}

    /** Bundle, picture, scratch folder, first seed, number of seeds. */
    public static void main(String[] args) throws IOException {
        Path bundle = Path.of(args[0]);
        byte[] picture = Files.readAllBytes(Path.of(args[1]));
        long first = Long.parseLong(args[3]);
        int answered = 0;
        int surprises = 0;
        for (long seed = first; seed < first + Long.parseLong(args[4]); seed++) {
            System.out.println(SEED + seed);
            Path copy = Path.of(args[2]).resolve("forged");
            String file = new Mutation(seed)
                    .apply(
                            bundle,
                            copy,
                            List.of(ModelBundle.ONNX, ModelBundle.ONNX, ModelBundle.DESCRIPTION, ModelBundle.CHECKSUMS),
                            true);
            try (Predictor predictor = Predictor.open(copy, InferenceOptions.DEFAULT)) {
                predictor.predict(picture, "picture", null);
                answered++;
            } catch (IOException | UserException | NonFiniteOutputException e) {
                if (String.valueOf(e.getMessage()).lines().count() != 1) {
                    System.out.println("surprise: " + seed + " " + file + ": several lines: " + e.getMessage());
                    surprises++;
                }
            } catch (RuntimeException e) {
                System.out.println("surprise: " + seed + " " + file + ": " + e);
                surprises++;
            }
        }
        System.out.println("answered " + answered + ", surprises " + surprises);
        System.exit(surprises == 0 ? 0 : 1);
    }
}
