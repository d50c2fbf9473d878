package ai.facet.serve.djl;

import ai.djl.modality.Output;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which request of a batch has which row of the model's input. A request that failed has no row but its refusal. Used by
 * one thread at a time.
 */
final class BatchSlots {
    private final List<@Nullable Output> refusals = new ArrayList<>();
    private int rows;

    /** The next request's picture is in the next row. */
    void accept() {
        refusals.add(null);
        rows++;
    }

    /** The next request is answered with this. */
    void refuse(Output refusal) {
        refusals.add(refusal);
    }

    /** Rows in use. */
    int rows() {
        return rows;
    }

    /** Makes an answer from a row of the model's output. */
    @FunctionalInterface
    interface RowAnswer {
        Output of(int row);
    }

    /** One answer for each request, in the order of the requests. */
    List<Output> answers(RowAnswer answer) {
        List<Output> all = new ArrayList<>();
        int row = 0;
        for (Output refusal : refusals) {
            all.add(refusal == null ? answer.of(row++) : refusal);
        }
        return all;
    }

    /** The used rows of a buffer made for every request; at least one, because a model cannot run on none. */
    ByteBuffer used(ByteBuffer images, int imageBytes) {
        return images.duplicate().clear().limit(Math.max(rows, 1) * imageBytes);
    }
}
