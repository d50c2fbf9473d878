package ai.facet.serve.predict;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.files.PictureFiles;
import ai.facet.image.Box;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.PrecisionChoice;
import ai.facet.serve.inference.Predictor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facet predict}. */
@Command(
        name = "predict",
        sortOptions = false,
        description = {
            "Answer pictures with an exported model, on ONNX Runtime.",
            "A picture that cannot be read is reported, with --json also as {\"image\", \"error\"}; the exit code is then 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet predict bundles/person photo.jpg",
            "  facet predict bundles/person holiday/ --recursive --json > answers.jsonl",
            "  facet predict model.onnx 'photos/*.png' --box 40,10,200,400"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final int BAR_FROM_FILES = 50;
    private static final int AHEAD_PER_THREAD = 4;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A bundle folder or an .onnx file of facet export.")
    private Path model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE", description = "Files, folders or patterns.")
    private List<String> pictures = List.of();

    @Option(names = "--json", description = "One JSON object a line instead of tables.")
    private boolean json;

    @Option(names = "--all-probabilities", description = "Show every class, not only the best.")
    private boolean allProbabilities;

    @Option(names = "--recursive", description = "Also take the folders inside folders.")
    private boolean recursive;

    @Option(names = "--box", paramLabel = "X,Y,W,H", split = ",", description = "Look only at this part, in pixels.")
    private List<Integer> box = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Pictures at once. Default: the processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda or cuda:N. Default: cpu.")
    private String device = "cpu";

    @Option(names = "--precision", paramLabel = "P", defaultValue = "auto", description = PrecisionChoice.HELP)
    private String precision = "auto";

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public PredictCommand() {}

    @Override
    public Integer call() throws IOException {
        Box part = box();
        if (threads < 1 || threads > 256) {
            throw UserException.badArguments("--threads is " + threads + "; expected 1 to 256");
        }
        List<Path> files = PictureFiles.expand(pictures, recursive);
        try (Predictor predictor =
                Predictor.open(model, new InferenceOptions(1, device, PrecisionChoice.of(precision)))) {
            int bad = answer(predictor, files, part);
            if (bad > 0) {
                spec.commandLine()
                        .getErr()
                        .println("facet: " + bad + " of " + files.size() + " pictures were not answered");
            }
            return bad == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }

    private @Nullable Box box() {
        if (box.isEmpty()) {
            return null;
        }
        if (box.size() != 4) {
            throw UserException.badArguments("--box " + box + "; expected four numbers x,y,w,h");
        }
        try {
            return new Box(box.get(0), box.get(1), box.get(2), box.get(3));
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments("--box: " + e.getMessage());
        }
    }

    /** Answers in the order of the files, a few ahead of what is printed. */
    private int answer(Predictor predictor, List<Path> files, @Nullable Box part) {
        PredictionPrinter printer =
                new PredictionPrinter(predictor.description().schema(), json, allProbabilities);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        int bad = 0;
        try (Progress progress =
                files.size() > BAR_FROM_FILES ? Progress.start("predicting", "pictures", files.size()) : null) {
            Queue<Asked> ahead = new ArrayDeque<>();
            for (int i = 0; i < files.size() || !ahead.isEmpty(); ) {
                if (i < files.size() && ahead.size() < threads * AHEAD_PER_THREAD) {
                    Path file = files.get(i++);
                    ahead.add(new Asked(file, pool.submit(() -> printer.print(file, predictor.predict(file, part)))));
                    continue;
                }
                bad += print(ahead.remove(), printer) ? 0 : 1;
                if (progress != null) {
                    progress.step();
                }
            }
        } finally {
            pool.shutdownNow();
        }
        return bad;
    }

    /** Always with the picture's name. */
    private static String message(Path file, Throwable failure) {
        String text = failure instanceof IllegalArgumentException
                ? String.valueOf(failure.getMessage())
                : FacetCommands.messageOf(failure);
        return text.contains(file.toString()) ? text : file + ": " + text;
    }

    private record Asked(Path file, Future<String> answer) {}

    private boolean print(Asked asked, PredictionPrinter printer) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            spec.commandLine().getOut().print(asked.answer.get());
            spec.commandLine().getOut().flush();
            return true;
        } catch (ExecutionException e) {
            String message = message(asked.file, e.getCause() == null ? e : e.getCause());
            err.println("facet: " + message);
            spec.commandLine().getOut().print(printer.printFailure(asked.file, message));
            spec.commandLine().getOut().flush();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserException.failed("interrupted");
        }
    }
}
