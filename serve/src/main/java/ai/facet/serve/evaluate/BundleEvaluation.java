package ai.facet.serve.evaluate;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.FacetCommands;
import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.image.Box;
import ai.facet.metrics.EvaluationReport;
import ai.facet.prediction.Prediction;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Answers every annotated picture and compares. */
final class BundleEvaluation {
    private static final int MAX_REPORTED = 20;

    private final Answers answers;
    private final int threads;

    /** Answers a part of a picture, from many threads at once; a null box means all of it. */
    @FunctionalInterface
    interface Answers {
        Prediction predict(Path file, @Nullable Box box) throws IOException;
    }

    BundleEvaluation(Answers answers, int threads) {
        this.answers = answers;
        this.threads = threads;
    }

    /**
     * Measures.
     *
     * @param skipBadImages go on without pictures that cannot be read; what else fails always ends the evaluation
     * @throws UserException (exit 1) naming the pictures that cannot be read, unless they are to be skipped
     */
    EvaluationReport run(AnnotationTable table, boolean skipBadImages) {
        List<AnnotatedImage> answered = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Progress progress = Progress.start("evaluating", "pictures", table.size())) {
            List<Future<Prediction>> futures = table.images().stream()
                    .map(image -> pool.submit(() -> predict(image)))
                    .toList();
            for (int i = 0; i < futures.size(); i++) {
                try {
                    predictions.add(futures.get(i).get());
                    answered.add(table.images().get(i));
                } catch (ExecutionException e) {
                    problems.add(unreadable(table.images().get(i), e));
                }
                progress.step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserException.failed("interrupted");
        } finally {
            pool.shutdownNow();
        }
        report(problems, skipBadImages);
        return compare(table.schema(), answered, predictions);
    }

    private Prediction predict(AnnotatedImage image) throws IOException {
        return answers.predict(image.path(), image.box());
    }

    /** What is wrong with the picture; throws where it is the model, the engine or the memory that failed. */
    private static String unreadable(AnnotatedImage image, ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean boxOutside = image.box() != null && cause instanceof IllegalArgumentException;
        if (cause instanceof IOException) {
            return image.place() + ": " + FacetCommands.messageOf(cause);
        }
        if (boxOutside) {
            return image.place() + ": " + cause.getMessage();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        UserException broken = UserException.failed(image.place() + ": " + FacetCommands.messageOf(cause));
        broken.initCause(cause);
        throw broken;
    }

    private static void report(List<String> problems, boolean skip) {
        if (problems.isEmpty()) {
            return;
        }
        List<String> shown = problems.subList(0, Math.min(MAX_REPORTED, problems.size()));
        String more = problems.size() > shown.size() ? "\n(and " + (problems.size() - shown.size()) + " more)" : "";
        String text = problems.size() + " pictures cannot be read:\n" + String.join("\n", shown) + more;
        if (!skip) {
            throw UserException.failed(text + "\nMend them, or leave them out with --skip-bad-images");
        }
        System.err.println("facet: " + text);
    }

    private static EvaluationReport compare(
            AttributeSchema schema, List<AnnotatedImage> images, List<Prediction> predictions) {
        if (images.isEmpty()) {
            throw UserException.failed("no picture is left to measure on");
        }
        List<float[]> probabilities = new ArrayList<>();
        for (int a = 0; a < schema.size(); a++) {
            int classes = schema.attributes().get(a).classCount();
            float[] all = new float[classes * predictions.size()];
            for (int i = 0; i < predictions.size(); i++) {
                System.arraycopy(predictions.get(i).attributes().get(a).probabilities(), 0, all, i * classes, classes);
            }
            probabilities.add(all);
        }
        return EvaluationReport.of(
                schema, images.stream().map(AnnotatedImage::labels).toList(), probabilities);
    }
}
