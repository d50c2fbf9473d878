package ai.facet.serve.evaluate;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.UserException;
import ai.facet.metrics.EvaluationReport;
import ai.facet.prediction.Prediction;
import ai.facet.schema.AttributeSchema;
import ai.facet.serve.inference.Predictor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import me.tongfei.progressbar.ProgressBar;

/** Answers every annotated picture and compares. */
final class BundleEvaluation {
    private static final int MAX_REPORTED = 20;

    private final Predictor predictor;
    private final int threads;

    BundleEvaluation(Predictor predictor, int threads) {
        this.predictor = predictor;
        this.threads = threads;
    }

    /**
     * Measures.
     *
     * @throws UserException (exit 1) naming the pictures that cannot be read, unless they are to be skipped
     */
    EvaluationReport run(AnnotationTable table, boolean skipBadImages) {
        List<AnnotatedImage> answered = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (ProgressBar bar = new ProgressBar("Evaluate", table.size())) {
            List<Future<Prediction>> futures = table.images().stream()
                    .map(image -> pool.submit(() -> predict(image)))
                    .toList();
            for (int i = 0; i < futures.size(); i++) {
                try {
                    predictions.add(futures.get(i).get());
                    answered.add(table.images().get(i));
                } catch (ExecutionException e) {
                    problems.add(table.images().get(i).place() + ": " + problem(e));
                }
                bar.step();
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
        return predictor.predict(image.path(), image.box());
    }

    private static String problem(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        return cause instanceof IOException || cause instanceof IllegalArgumentException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
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
