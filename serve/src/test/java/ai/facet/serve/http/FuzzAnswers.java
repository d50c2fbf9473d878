package ai.facet.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a server sent on one connection, and finds fault with it. */
final class FuzzAnswers {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) [ -~]*");
    private static final Pattern ANY_STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final int CONTINUE = 100;
    private static final int FIRST_ERROR = 400;

    private final String text;
    private final List<Integer> statuses = new ArrayList<>();
    private int at;

    private FuzzAnswers(byte[] sent) {
        this.text = new String(sent, ISO_8859_1);
    }

    /**
     * The statuses, in order.
     *
     * @param cut whether the last answer may lack its end
     * @throws AssertionError if these are not whole answers of HTTP, or an error does not say what it is
     */
    static List<Integer> statuses(byte[] sent, boolean cut) {
        FuzzAnswers answers = new FuzzAnswers(sent);
        while (answers.at < answers.text.length() && answers.next(cut)) {}
        return answers.statuses;
    }

    private boolean next(boolean cut) {
        int end = text.indexOf("\r\n\r\n", at);
        if (end < 0) {
            require(cut, "an answer's head has no end");
            return false;
        }
        String head = text.substring(at, end + 2);
        Matcher status = STATUS.matcher(head.substring(0, head.indexOf('\r')));
        require(status.matches(), "no status line");
        int code = Integer.parseInt(status.group(1));
        statuses.add(code);
        at = end + 4;
        return code == CONTINUE || body(code, head, cut);
    }

    private boolean body(int code, String head, boolean cut) {
        Matcher length = LENGTH.matcher(head);
        require(length.find(), "an answer has no length");
        int end = at + Integer.parseInt(length.group(1));
        if (end > text.length()) {
            require(cut, "an answer is cut");
            return false;
        }
        String body = new String(text.substring(at, end).getBytes(ISO_8859_1), UTF_8);
        at = end;
        if (code >= FIRST_ERROR && !cut) {
            requireReason(body);
        }
        return true;
    }

    private void requireReason(String body) {
        try {
            JsonObject error = Json.parseObject(body, "error");
            require(!error.string(error.has("error") ? "error" : "message").isEmpty(), "an error without a reason");
        } catch (JsonException e) {
            throw new AssertionError(
                    "an error that is not JSON, before byte " + at + " of: "
                            + text.substring(0, Math.min(500, text.length())),
                    e);
        }
    }

    /** The statuses of answers that may lack their bodies: those to HEAD. */
    static List<Integer> statusesOfHeads(byte[] sent) {
        return ANY_STATUS
                .matcher(new String(sent, ISO_8859_1))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(
                    what + ", at byte " + at + " of: " + text.substring(0, Math.min(2000, text.length())));
        }
    }
}
