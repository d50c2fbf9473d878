package ai.facet.train.natives;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code facet natives}: says which natives a training would use. */
@Command(
        name = "natives",
        description = "Show the native libraries that training uses; install CUDA's.",
        subcommands = {NativesInstallCommand.class})
public final class NativesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the specification
    public NativesCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        String own = System.getenv("PYTORCH_LIBRARY_PATH");
        Path installed = TorchInstaller.defaultFolder();
        out.println("libtorch for CPU       " + (onClassPath() ? "on the class path" : "left out"));
        out.println("PYTORCH_LIBRARY_PATH   " + (own == null ? "not set" : own));
        out.println("installed for CUDA     "
                + (TorchInstaller.isComplete(installed) ? installed : "none in " + installed));
        out.println("Training with --device gpu takes PYTORCH_LIBRARY_PATH first, then what is installed.");
    }

    private static boolean onClassPath() {
        return NativesCommand.class.getClassLoader().getResource("native/lib/pytorch.properties") != null;
    }
}
