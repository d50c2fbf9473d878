package ai.facet.serve.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.evaluation.EvaluationOptions;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.serve.GoldenBundle;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.Predictor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path bundle = Path.of("set before each test");

    @BeforeEach
    void copyBundle() throws IOException {
        bundle = GoldenBundle.copyTo(temp.resolve("bundle"));
        GoldenBundle.picturesTo(temp.resolve("pictures"));
    }

    @Test
    void labelsThatAreTheModelsOwnAnswersAreAllRight() throws IOException {
        Path csv = annotations(false);

        int exit = run(
                "--data",
                csv.toString(),
                "--json",
                "--output",
                temp.resolve("out").toString());

        assertThat(exit).as(err.toString()).isZero();
        JsonObject report = Json.parseObject(out.toString(), "report");
        assertThat(report.objects("attributes"))
                .hasSize(3)
                .allSatisfy(
                        attribute -> assertThat(attribute.number("accuracy")).isEqualTo(1));
        assertThat(temp.resolve("out/evaluation.html")).isNotEmptyFile();
        assertThat(temp.resolve("out/evaluation.csv")).isNotEmptyFile();
    }

    @Test
    void floorsAndMajorityEndWithThree() throws IOException {
        Path csv = annotations(true);

        assertThat(run("--data", csv.toString(), "--min-accuracy", "shape=0.9")).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(err.toString()).contains("shape: accuracy 0.0000 on 3 images", "expected at least 0.9");
        assertThat(run("--data", csv.toString(), "--beat-majority")).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(err.toString()).contains("expected above the majority rate");
    }

    @Test
    void namesMissingPicturesOrSkipsThem() throws IOException {
        Path csv = annotations(false);
        Files.writeString(csv, Files.readString(csv) + "pictures/absent.png,red,round,small\n");

        assertThat(run("--data", csv.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("people.csv:5", "absent.png does not exist", "--skip-bad-images");
        assertThat(run("--data", csv.toString(), "--skip-bad-images")).isZero();
    }

    /** A broken model would otherwise be measured on the few pictures that it can answer. */
    @Test
    void onlyBadPicturesAreSkipped() throws IOException {
        AnnotationTable table = table(annotations(false));
        List<Throwable> broken = List.of(
                new OutOfMemoryError("in a test"),
                new IllegalStateException("the engine failed"),
                new IllegalArgumentException("no box, and yet"));

        for (Throwable failure : broken) {
            BundleEvaluation evaluation = new BundleEvaluation(
                    (file, box) -> {
                        throw sneaky(failure);
                    },
                    1);
            assertThatThrownBy(() -> evaluation.run(table, true))
                    .hasMessageContaining(String.valueOf(failure.getMessage()))
                    .hasMessageNotContaining("cannot be read");
        }
    }

    private AnnotationTable table(Path csv) throws IOException {
        try (Predictor predictor = Predictor.open(bundle, InferenceOptions.DEFAULT)) {
            return CsvAnnotations.read(
                    csv,
                    new EvaluationOptions().csvOptions(predictor.description().schema()));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    private int run(String... args) {
        CommandLine command = FacetCommands.commandLine(new EvaluateCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        String[] all = new String[args.length + 2];
        all[0] = "--model";
        all[1] = bundle.toString();
        System.arraycopy(args, 0, all, 2, args.length);
        return command.execute(all);
    }

    /** Labels as the model answers, the attribute {@code shape} turned round on demand. */
    private Path annotations(boolean wrongShape) throws IOException {
        StringBuilder csv = new StringBuilder("image_path,Colour,Shape,Size of it\n");
        try (Predictor predictor = Predictor.open(bundle, InferenceOptions.DEFAULT)) {
            for (JsonObject image : GoldenBundle.expected()) {
                String file = image.string("file");
                var answers = predictor
                        .predict(temp.resolve("pictures").resolve(file))
                        .attributes();
                String shape = answers.get(1).className();
                String other = shape.equals("round") ? "square" : "round";
                csv.append("pictures/")
                        .append(file)
                        .append(',')
                        .append(answers.get(0).className());
                csv.append(',')
                        .append(wrongShape ? other : shape)
                        .append(',')
                        .append(answers.get(2).className())
                        .append('\n');
            }
        }
        Path file = temp.resolve("people.csv");
        Files.writeString(file, csv.toString());
        return file;
    }
}
