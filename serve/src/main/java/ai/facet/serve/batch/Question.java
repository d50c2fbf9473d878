package ai.facet.serve.batch;

import ai.facet.serve.inference.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a request asks.
 *
 * @param pictures encoded, at least one
 * @param reply makes the JSON value of the reply from the answers, in the pictures' order
 */
public record Question(List<byte[]> pictures, Function<List<Answer>, Map<String, Object>> reply) {
    public Question {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a question without pictures");
        }
    }

    /** Gives a question; read once, on a decoding thread. */
    @FunctionalInterface
    public interface Source {
        Question read() throws IOException;
    }
}
