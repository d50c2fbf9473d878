package ai.facet.train.natives;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.FacetCommands;
import ai.facet.files.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NativesInstallCommandTest {
    @TempDir
    Path temp;

    private final StringWriter err = new StringWriter();

    @Test
    void installsLibrariesAndNothingElse() throws IOException {
        Path archive = archive("libtorch/lib/libtorch_cuda.so", "libtorch/lib/../../evil.so", "libtorch/share/x.cmake");

        int exit = install(archive, Sha256.of(archive));

        assertThat(exit).isZero();
        assertThat(filesBelow(temp.resolve("natives"))).containsExactlyInAnyOrder("COMPLETE", "libtorch_cuda.so");
        assertThat(TorchInstaller.isComplete(temp.resolve("natives"))).isTrue();
    }

    @Test
    void refusesAnotherHashAndLeavesNothing() throws IOException {
        Path archive = archive("libtorch/lib/libtorch_cuda.so");
        String wrong = "0".repeat(64);

        int exit = install(archive, wrong);

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains(archive.toString(), Sha256.of(archive), "expected " + wrong);
        assertThat(filesBelow(temp.resolve("natives"))).isEmpty();
    }

    @Test
    void keepsTheOldInstallationWhenTheNewArchiveIsForCpu() throws IOException {
        Path good = archive("libtorch/lib/libtorch_cuda.so");
        install(good, Sha256.of(good));
        Path cpu = archive("libtorch/lib/libtorch_cpu.so");

        int exit = install(cpu, Sha256.of(cpu));

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("torch_cuda");
        assertThat(filesBelow(temp.resolve("natives"))).containsExactlyInAnyOrder("COMPLETE", "libtorch_cuda.so");
    }

    @Test
    void refusesAnotherVersion() throws IOException {
        Path archive = temp.resolve("libtorch.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("libtorch/lib/libtorch_cuda.so"));
            zip.putNextEntry(new ZipEntry("libtorch/build-version"));
            zip.write("2.7.10+cu128\n".getBytes(StandardCharsets.UTF_8));
        }

        int exit = install(archive, Sha256.of(archive));

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("2.7.10+cu128", "expected 2.7.1+cu128");
        assertThat(filesBelow(temp.resolve("natives"))).isEmpty();
    }

    @Test
    void namesAMissingFile() {
        int exit = install(temp.resolve("absent.zip"), "0".repeat(64));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("absent.zip does not exist");
    }

    private int install(Path archive, String hash) {
        CommandLine commands = FacetCommands.commandLine(new NativesCommand());
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(
                "install",
                "cuda",
                "--from",
                archive.toString(),
                "--sha256",
                hash,
                "--yes",
                "--folder",
                temp.resolve("natives").toString());
    }

    private Path archive(String... names) throws IOException {
        Path archive = Files.createTempFile(temp, "libtorch", ".zip");
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return archive;
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .toList();
        }
    }
}
