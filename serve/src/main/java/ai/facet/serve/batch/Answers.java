package ai.facet.serve.batch;

import ai.facet.serve.inference.Answer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Gathers the answers to one question; the first failure ends it. Thread-safe. */
final class Answers {
    private final Question question;
    private final CompletableFuture<Supplier<Map<String, Object>>> reply;
    private final Answer[] answers;
    private final AtomicInteger missing;

    /** @param reply completed when every picture is answered or one has failed */
    Answers(Question question, CompletableFuture<Supplier<Map<String, Object>>> reply) {
        this.question = question;
        this.reply = reply;
        int count = question.pictures().size();
        this.answers = new Answer[count];
        this.missing = new AtomicInteger(count);
    }

    byte[] picture(int index) {
        return question.pictures().get(index);
    }

    /** What a picture is called in error messages. */
    String name(int index) {
        int count = answers.length;
        return count == 1 ? "the picture" : "picture " + (index + 1) + " of " + count;
    }

    /** Whether nobody waits any more: a deadline passed, or another picture failed. */
    boolean isDone() {
        return reply.isDone();
    }

    void complete(int index, Answer answer) {
        answers[index] = answer;
        if (missing.decrementAndGet() == 0) { // orders the writes of all threads before the reading
            reply.complete(() -> question.reply().apply(Arrays.asList(answers)));
        }
    }

    void fail(Throwable failure) {
        reply.completeExceptionally(failure);
    }
}
