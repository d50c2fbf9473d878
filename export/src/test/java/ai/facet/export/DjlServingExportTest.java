package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.bundle.ModelBundle;
import ai.facet.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code facet export --djl-serving} writes, loaded and asked as DJL Serving does it. */
class DjlServingExportTest {
    private static final String NAME = "toys";

    @TempDir
    Path folder;

    private Path checkpoint;
    private Path home;

    @BeforeEach
    void write() throws IOException {
        checkpoint = TestModels.writeCheckpoint(
                folder.resolve("best.safetensors"), TestModels.description("tiny", TestModels.tinySpec(), 32), 5);
        home = folder.resolve("serving");
    }

    /** With the DJL that Facet is built on, and with newer ones, which a DJL Serving may have. */
    @ParameterizedTest
    @ValueSource(strings = {"0.35.1", "0.36.0", "0.38.0"})
    void theFolderAnswersAsTheBundleDoes(String djl) throws Exception {
        assertThat(export().exitCode()).isZero();
        Path picture = DrawnPicture.write(folder.resolve("picture.png"), 1, 48);
        byte[] bytes = Files.readAllBytes(picture);
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, bytes.length / 2));
        String model = home.resolve("models").resolve(NAME).toString();

        List<String> answers = probe(djl, List.of(model, picture.toString(), cut.toString(), picture.toString()));

        assertThat(answers.remove(0)).isEqualTo("DJL " + djl);
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).isEqualTo("200 " + ownAnswer(bytes)).isEqualTo(answers.get(2));
        assertThat(answers.get(1)).startsWith("400 ").contains("is damaged");
    }

    private String ownAnswer(byte[] picture) throws IOException {
        try (ai.facet.serve.inference.Predictor own =
                ai.facet.serve.inference.Predictor.open(folder.resolve("bundle"))) {
            return Json.write(own.predict(picture, "picture", null).toJson(false));
        }
    }

    /** In a JVM that has DJL and the jars of deps, as DJL Serving has, and no other class of Facet's. */
    private List<String> probe(String djl, List<String> arguments) throws Exception {
        Path classes = folder.resolve("classes");
        String name = DjlServingProbe.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(name).getParent());
        try (InputStream in = DjlServingProbe.class.getResourceAsStream("/" + name)) {
            Files.copy(in, classes.resolve(name));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.onnx.disable_alternative=true",
                "-cp",
                classPath(djl, classes),
                DjlServingProbe.class.getName()));
        command.addAll(arguments);
        Path log = folder.resolve("probe.log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(DjlServingProbe.ANSWER))
                .map(line -> line.substring(DjlServingProbe.ANSWER.length()))
                .collect(Collectors.toList());
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return lines;
    }

    private String classPath(String djl, Path classes) throws IOException {
        List<String> path = new ArrayList<>(List.of(classes.toString()));
        try (Stream<Path> deps = Files.list(home.resolve("deps"))) {
            deps.map(Path::toString).forEach(path::add);
        }
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar")
                        && !Path.of(entry).getFileName().toString().startsWith("facet-"))
                .map(entry -> newer(djl, entry))
                .forEach(path::add);
        return String.join(File.pathSeparator, path);
    }

    /** The same jar of that version, for the two that the build has copied. */
    private static String newer(String djl, String entry) {
        String name = Path.of(entry).getFileName().toString();
        if (!name.matches("(api|onnxruntime-engine)-0\\.35\\.1\\.jar") || djl.equals("0.35.1")) {
            return entry;
        }
        return Path.of("target", "newer-djl", name.replace("0.35.1", djl)).toString();
    }

    @Test
    void aSecondModelLiesBesideTheFirstAndReplacesNothingUnasked() throws IOException {
        assertThat(export().exitCode()).isZero();
        assertThat(export("--name", "other").exitCode()).isEqualTo(2); // the bundle is there
        assertThat(export("--name", "other", "--overwrite").exitCode()).isZero();

        Files.delete(folder.resolve("bundle").resolve(ModelBundle.CHECKSUMS));
        CommandRun again = CommandRun.of(arguments(folder.resolve("bundle2"), "--name", NAME));

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains(home.resolve("models").resolve(NAME).toString(), "--overwrite");
        assertThat(folder.resolve("bundle2")).doesNotExist();
        assertThat(home.resolve("models")).isDirectoryContaining("glob:**/" + NAME);
        assertThat(home.resolve("models")).isDirectoryContaining("glob:**/other");
        assertThat(home.resolve("models").resolve(NAME)).isDirectoryNotContaining("glob:**/*.pt");
    }

    private CommandRun export(String... further) {
        List<String> all = new ArrayList<>(List.of("--name", NAME));
        if (further.length > 0) {
            all = List.of(further);
        }
        return CommandRun.of(arguments(folder.resolve("bundle"), all.toArray(String[]::new)));
    }

    private String[] arguments(Path bundle, String... further) {
        List<String> all = new ArrayList<>(List.of(
                "export",
                "--checkpoint",
                checkpoint.toString(),
                "--output",
                bundle.toString(),
                "--djl-serving",
                home.toString()));
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }
}
