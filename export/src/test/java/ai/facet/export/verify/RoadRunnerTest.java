package ai.facet.export.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RoadRunnerTest {
    @TempDir
    Path folder;

    /** Says that it loads, then never returns. */
    static final class Hanging {
        private Hanging() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println(RoadMain.PHASE + RoadMain.LOADED);
            new CountDownLatch(1).await();
        }
    }

    /** Gets the signal of a wild pointer, as native code would. */
    static final class Crashing {
        private Crashing() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            System.out.println(RoadMain.PHASE + RoadMain.LOADED);
            new ProcessBuilder(
                            "kill",
                            "-SEGV",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            new CountDownLatch(1).await();
        }
    }

    /** Ends without having done anything. */
    static final class Silent {
        private Silent() {}

        public static void main(String[] args) {
            System.err.println("facet: nothing to say");
            System.exit(1);
        }
    }

    @Test
    void aHangIsAMessage() {
        assertThatThrownBy(() -> run(Hanging.class, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not end within 3 s")
                .hasMessageContaining("model.pt");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aCrashIsAMessage() {
        assertThatThrownBy(() -> run(Crashing.class, 120))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with signal 11 (SIGSEGV) while it loaded")
                .hasMessageContaining("model.pt");
    }

    @Test
    void aFailureIsToldInItsWords() {
        assertThatThrownBy(() -> run(Silent.class, 120))
                .hasMessageContaining("failed")
                .hasMessageContaining("nothing to say");
    }

    private void run(Class<?> main, int seconds) throws IOException {
        Path model = Files.writeString(folder.resolve("model.pt"), "");
        new RoadRunner(main.getName(), Duration.ofSeconds(seconds), 1)
                .run(new Artifact(model, Engine.TORCHSCRIPT, Measure.LOGITS), folder.resolve("inputs"), folder);
    }
}
