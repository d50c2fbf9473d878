package ai.facet.bench;

import ai.facet.cli.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Python script in a process of its own, the outside referee of a measurement: it computes only when it is asked. Its
 * first line is {@code ready <versions>}; each line that it reads is answered with one line. The end of its input ends it.
 */
public final class PythonProcess implements AutoCloseable {
    private static final String NETWORK = "pytorch_network.py";

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final String version;

    private PythonProcess(Process process, String python, String needs) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.version = ready(answers.readLine(), python, needs);
    }

    /**
     * Starts a script and waits until it is ready.
     *
     * @param python the interpreter, from {@code --python}
     * @param script its first argument is {@code task}
     * @param without variables of this process that it is not to have
     * @param needs what this Python must be able to import, for the message if it cannot
     * @throws UserException (exit 2) if it does not start
     */
    public static PythonProcess start(String python, Path script, Path task, Collection<String> without, String needs)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(python, script.toString(), task.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(without);
        try {
            return new PythonProcess(builder.start(), python, needs);
        } catch (IOException e) {
            throw UserException.badArguments("--python " + python + " cannot be started: " + e.getMessage());
        }
    }

    private static String ready(@Nullable String line, String python, String needs) {
        if (line == null || !line.startsWith("ready ")) {
            throw UserException.badArguments("--python " + python + " did not get ready (see above); expected a Python"
                    + " that can import " + needs);
        }
        return line.substring("ready ".length());
    }

    /**
     * Puts a script of a module beside {@code pytorch_network.py}, which it may import: Facet's networks in PyTorch.
     *
     * @param owner the class beside which the script lies
     */
    public static Path unpack(Class<?> owner, String script, Path folder) throws IOException {
        copy(PythonProcess.class, NETWORK, folder);
        return copy(owner, script, folder);
    }

    private static Path copy(Class<?> owner, String name, Path folder) throws IOException {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing in this jar");
            }
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    /** What it said of itself when it was ready. */
    public String version() {
        return version;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IOException if it ended instead
     */
    public String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("Python ended before its answer to \"" + question + "\"; its messages stand above");
        }
        return line;
    }

    /** May be called twice. */
    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
