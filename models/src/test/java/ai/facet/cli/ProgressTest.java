package ai.facet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long nanos;

    @Test
    void aFileReceivesOneLineForEachTenth() {
        try (Progress progress = plain(40)) {
            for (int i = 0; i < 40; i++) {
                pass(2);
                progress.step();
            }
        }

        assertThat(text().lines())
                .hasSize(10)
                .startsWith("drawing: 4 of 40 pictures (10 %)", "drawing: 8 of 40 pictures (20 %)")
                .endsWith("drawing: 40 of 40 pictures (100 %)");
        assertThat(text()).doesNotContain("\r", "\u001b");
    }

    @Test
    void aShortJobIsNotWorthALine() {
        try (Progress progress = plain(40)) {
            pass(1);
            progress.stepTo(40);
        }

        assertThat(text()).isEmpty();
    }

    @Test
    void aLineThatStaysReplacesTheTenth() {
        try (Progress progress = plain(40)) {
            progress.stepTo(20);
            progress.line("epoch 1/2");
            pass(9);
            progress.stepTo(21);
        }

        assertThat(text().lines()).containsExactly("epoch 1/2");
    }

    @Test
    void anUnknownTotalHasNoTenths() {
        try (Progress progress = plain(0)) {
            pass(9);
            progress.stepTo(7);
        }

        assertThat(text()).isEmpty();
    }

    @Test
    void aTerminalShowsABarAndKeepsLines() {
        try (Progress progress = new Progress(stream(), "drawing", "pictures", 0, 40, true, () -> nanos)) {
            progress.line("epoch 1/2");
            progress.stepTo(40);
        }

        assertThat(text()).contains("epoch 1/2" + System.lineSeparator(), "drawing 100%", "40/40 pictures");
    }

    private Progress plain(long total) {
        return new Progress(stream(), "drawing", "pictures", 0, total, false, () -> nanos);
    }

    private PrintStream stream() {
        return new PrintStream(err, true, UTF_8);
    }

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }

    private String text() {
        return err.toString(UTF_8);
    }
}
