package ai.facet.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogPaceTest {
    @Test
    void oneLineAnIntervalTellsOfTheOthers() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
        LogPace pace = new LogPace(10, clock::get);

        assertThat(pace.next()).isZero();
        assertThat(pace.next()).isEqualTo(LogPace.HOLD);
        clock.addAndGet(9);
        assertThat(pace.next()).isEqualTo(LogPace.HOLD);
        clock.addAndGet(1);
        assertThat(pace.next()).isEqualTo(2);
        assertThat(pace.next()).isEqualTo(LogPace.HOLD);
    }
}
