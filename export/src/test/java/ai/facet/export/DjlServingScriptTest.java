package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/djl-serving.sh} with programs in place of DJL Serving and docker that say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class DjlServingScriptTest {
    private static final Path SCRIPT =
            Path.of("..", "scripts", "djl-serving.sh").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path home;
    private Path programs;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("serving home"));
        programs = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(home.resolve("models"));
        Files.createDirectories(home.resolve("deps"));
        Files.createFile(home.resolve("deps").resolve("facet-djl-serving.jar"));
    }

    private record Run(int exitCode, String output) {}

    @Test
    void anInstalledReleaseIsStartedWithTheFolder() throws Exception {
        program("djl-serving");
        program("docker");

        Run run = run(Map.of(), home.toString(), "--port", "9000");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output().lines())
                .containsExactly(
                        "djl-serving --model-store " + home + "/models --port 9000",
                        "home " + home,
                        "options -Dai.djl.onnx.disable_alternative=true ",
                        "offline true true");
    }

    @Test
    void theNamedReleaseComesFirst() throws Exception {
        program("djl-serving");
        Path other = program("other");

        assertThat(run(Map.of("DJL_SERVING", other.toString()), home.toString()).output())
                .startsWith("other --model-store");
    }

    @Test
    void elseAContainerGetsModelsAndJar() throws Exception {
        program("podman");

        assertThat(run(Map.of("DJL_SERVING_PORT", "9000"), home.toString(), "-h")
                        .output())
                .startsWith("podman run --rm --publish 127.0.0.1:9000:8080")
                .contains(
                        "--volume " + home + "/models:/opt/ml/model:ro",
                        "--volume " + home + "/deps/facet-djl-serving.jar:/opt/djl/deps/facet-djl-serving.jar:ro",
                        "JAVA_OPTS=-Dai.djl.onnx.disable_alternative=true",
                        "deepjavalibrary/djl-serving:0.36.0 serve -h\n");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Run neither = run(Map.of(), home.toString());
        Run noFolder = run(Map.of(), folder.resolve("absent").toString());
        Run foreignFolder = run(Map.of(), programs.toString());
        Run nothing = run(Map.of());

        assertThat(neither.exitCode()).isEqualTo(1);
        assertThat(neither.output()).contains("not installed", "neither docker nor podman", "DJL_SERVING");
        assertThat(List.of(noFolder, foreignFolder, nothing))
                .allSatisfy(run -> assertThat(run.exitCode()).isEqualTo(2))
                .allSatisfy(
                        run -> assertThat(run.output()).contains("facet export").contains("--djl-serving"));
    }

    private Path program(String name) throws IOException {
        Path file = Files.writeString(
                programs.resolve(name),
                "#!/bin/sh\necho \"" + name + " $*\"\necho \"home $MODEL_SERVER_HOME\"\necho \"options $JAVA_OPTS\"\n"
                        + "echo \"offline $DJL_OFFLINE $OPT_OUT_TRACKING\"\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("DJL_SERVING", "JAVA_OPTS", "MODEL_SERVER_HOME", "DJL_OFFLINE", "OPT_OUT_TRACKING"));
        builder.environment().putAll(environment);
        builder.environment().put("PATH", programs.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
