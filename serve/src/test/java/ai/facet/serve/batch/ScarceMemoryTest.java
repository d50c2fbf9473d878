package ai.facet.serve.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScarceMemoryTest {
    private final ScarceMemory memory = new ScarceMemory();

    @Test
    void whatRanOutOfMemoryIsTriedAgainWhileNothingElseRuns() throws Exception {
        CountDownLatch neighbourRuns = new CountDownLatch(1);
        CountDownLatch neighbourMayEnd = new CountDownLatch(1);
        AtomicBoolean neighbourEnded = new AtomicBoolean();
        CompletableFuture<Void> neighbour = CompletableFuture.runAsync(() -> quietly(() -> {
            neighbourRuns.countDown();
            await(neighbourMayEnd);
            neighbourEnded.set(true);
            return "";
        }));
        neighbourRuns.await();
        AtomicInteger tries = new AtomicInteger();

        String answer = memory.run(() -> {
            if (tries.incrementAndGet() == 1) {
                neighbourMayEnd.countDown();
                throw new OutOfMemoryError("in a test");
            }
            return neighbourEnded.get() ? "alone" : "beside another";
        });

        assertThat(answer).isEqualTo("alone");
        neighbour.join();
    }

    @Test
    void whatDoesNotFitAloneIsTurnedAwayAndTheNextIsAnswered() throws Exception {
        assertThatThrownBy(() -> memory.run(() -> {
                    throw new OutOfMemoryError("in a test");
                }))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("FACET_HEAP");
        assertThat(memory.run(() -> "next")).isEqualTo("next");
    }

    private void quietly(ScarceMemory.Work<String> work) {
        try {
            memory.run(work);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
