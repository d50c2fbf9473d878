package ai.facet.train.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintTest {
    @Test
    void theLastOfOurMessagesWithItsFurtherLines() {
        List<String> lines = List.of(
                "facet: device cpu, 2 threads",
                "epoch 1",
                "facet: 2 pictures cannot be read",
                "  a.jpg: it ends after 12 bytes",
                "  b.jpg: it is HTML",
                "",
                "Run again with --verbose for the stack trace.");

        assertThat(Complaint.of(lines))
                .isEqualTo("2 pictures cannot be read; a.jpg: it ends after 12 bytes; b.jpg: it is HTML");
    }

    @Test
    void adviceAndStackTracesAreLeftOut() {
        assertThat(Complaint.of(List.of(
                        "facet: no space left on /data",
                        "java.io.IOException: no space left",
                        "\tat ai.facet.files.AtomicFiles.write(AtomicFiles.java:61)",
                        "Caused by: java.io.IOException: x",
                        "facet.sh: done")))
                .isEqualTo("no space left on /data");
        assertThat(Complaint.of(List.of(
                        "facet: Unknown option: '--learning-rat'",
                        "Possible solutions: --learning-rate",
                        "See: facet train --help")))
                .isEqualTo("Unknown option: '--learning-rat'");
    }

    @Test
    void withoutAMessageOfOursTheLastLine() {
        assertThat(Complaint.of(List.of("terminate called", " what(): out of memory ", "")))
                .isEqualTo("what(): out of memory");
        assertThat(Complaint.of(List.of())).isEmpty();
    }
}
