package ai.facet.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it is written.
 *
 * @param line method, target and version
 * @param headers whole lines, without those that frame the body
 */
record FuzzRequest(String line, List<String> headers, byte[] body) {
    private static final String END = "\r\n";

    FuzzRequest {
        headers = List.copyOf(headers);
    }

    static FuzzRequest get(String target) {
        return new FuzzRequest("GET " + target + " HTTP/1.1", List.of("Host: localhost"), new byte[0]);
    }

    static FuzzRequest post(String target, String type, byte[] body) {
        return new FuzzRequest(
                "POST " + target + " HTTP/1.1", List.of("Host: localhost", "Content-Type: " + type), body);
    }

    FuzzRequest withLine(String other) {
        return new FuzzRequest(other, headers, body);
    }

    FuzzRequest withBody(byte[] other) {
        return new FuzzRequest(line, headers, other);
    }

    FuzzRequest withHeader(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new FuzzRequest(line, more, body);
    }

    FuzzRequest withHeaders(List<String> others) {
        return new FuzzRequest(line, others, body);
    }

    /** With the body's length. */
    byte[] bytes() {
        return written(body.length == 0 ? List.of() : List.of("Content-Length: " + body.length), body);
    }

    /** Cut into chunks of this size. */
    byte[] chunked(int size) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += size) {
            int length = Math.min(size, body.length - from);
            chunks.writeBytes((Integer.toHexString(length) + END).getBytes(ISO_8859_1));
            chunks.write(body, from, length);
            chunks.writeBytes(END.getBytes(ISO_8859_1));
        }
        chunks.writeBytes(("0" + END + END).getBytes(ISO_8859_1));
        return written(List.of("Transfer-Encoding: chunked"), chunks.toByteArray());
    }

    /** The body as it is, with header lines of the caller's. */
    byte[] written(List<String> framing, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>(List.of(line));
        lines.addAll(headers);
        lines.addAll(framing);
        lines.forEach(text -> out.writeBytes((text + END).getBytes(ISO_8859_1)));
        out.writeBytes(END.getBytes(ISO_8859_1));
        out.writeBytes(content);
        return out.toByteArray();
    }
}
