package ai.facet.train.natives;

import ai.facet.cli.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facet natives install cuda}: asks, shows size and source, checks the hash, unpacks. */
@Command(
        name = "install",
        description = {
            "Install libtorch 2.7.1 with CUDA 12.8 for training on a GPU.",
            "It takes the archive that the PyTorch project publishes for C++ users (libtorch, shared with dependencies, "
                    + "2.7.1, cu128): give its address or a downloaded file, and its SHA-256. Facet ships neither CUDA "
                    + "nor cuDNN."
        },
        footer = {"", "Example:", "  facet natives install cuda --from libtorch-2.7.1-cu128.zip --sha256 0f1e..."})
final class NativesInstallCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "cuda", description = "What to install; only cuda is known.")
    private String what = "cuda";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE|URL",
            description = "The libtorch archive: a zip file or an https address.")
    private String from = "";

    @Option(
            names = "--sha256",
            required = true,
            paramLabel = "HASH",
            description = "The archive's SHA-256, 64 hexadecimal digits; from its publisher.")
    private String sha256 = "";

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where to install (default: natives/torch-cuda in ~/.cache/facet or $FACET_CACHE).")
    private @Nullable Path folder;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli injects the specification
    NativesInstallCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!what.equals("cuda")) {
            throw UserException.badArguments("natives install: \"" + what + "\" is not known; expected cuda");
        }
        String hash = sha256.toLowerCase(Locale.ROOT);
        if (!hash.matches("[0-9a-f]{64}")) {
            throw UserException.badArguments("--sha256 is \"" + sha256 + "\"; expected 64 hexadecimal digits");
        }
        Path target = folder == null ? TorchInstaller.defaultFolder() : folder;
        try (ArchiveSource source = ArchiveSource.open(from)) {
            if (!yes && !confirmed(source, target)) {
                throw UserException.failed("nothing was installed");
            }
            new TorchInstaller(target).install(source, hash);
        }
        spec.commandLine().getOut().println("Installed " + target + ". Train with: facet train --device gpu ...");
        return 0;
    }

    private boolean confirmed(ArchiveSource source, Path target) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println("source  " + source.name());
        err.println("size    " + source.sizeText());
        err.println("folder  " + target);
        err.print("Install? [y/N] ");
        err.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
