package ai.facet.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What one connection sends, and how it ends: a function of its seed alone.
 *
 * @param pieces sent one after another
 * @param management whether it goes to the management port
 * @param whole whether it is {@link FuzzCorpus#GOOD}, which must be answered with 200
 */
record FuzzPlan(List<byte[]> pieces, Ending ending, boolean management, boolean whole) {
    /** What the client does after its last byte. */
    enum Ending {
        /** Says that no more comes, and reads until the server ends the connection. */
        SAYS_SO,
        /** Keeps the connection open and reads until the server ends it. */
        WAITS,
        /** Goes away without reading. */
        LEAVES,
        /** Breaks the connection: the server gets an error instead of an end. */
        BREAKS
    }

    private static final int MOST_REQUESTS = 4;
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "HEAD", "OPTIONS", "TRACE", "CONNECT", "DELETE", "PRI", "get", "\0", "");
    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/9.9", "HTTP/", "http/1.1", "ICY/1.0", "");
    private static final List<String> HEADERS = List.of(
            "Content-Length: 0",
            "Content-Length: 7",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 5, 5",
            "Content-Length: +5",
            "Content-Length: 0x10",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: identity",
            "Content-Encoding: gzip",
            "Expect: 100-continue",
            "Expect: 200-maybe",
            "Connection: close",
            "Connection: upgrade\r\nUpgrade: h2c",
            "Connection: keep-alive, \0",
            "Host: evil.example",
            "Host: [::1",
            "Host: ",
            "Origin: null",
            "Authorization: Bearer \uFFFD",
            "Content-Type: multipart/form-data; boundary=",
            "Content-Type: multipart/form-data; boundary=\"xyz",
            "Content-Type: multipart/mixed; boundary=xyz",
            "Content-Type: multipart/form-data; boundary=xyz; charset=utf-16",
            "Content-Type: application/json; charset=utf-7",
            "Content-Type: ;;;=",
            "inference-header-content-length: 12",
            " folded: line",
            ": nameless",
            "no colon",
            "X-Nul: a\0b",
            "X-Long: " + "l".repeat(20_000));
    private static final List<String> TARGETS = List.of(
            "*",
            "//",
            "/..;/models",
            "/predictions/%2e%2e%2f",
            "/predictions/%",
            "/predictions/%zz",
            "/predictions/%00",
            "/predictions/person/99999999999999999999",
            "/predictions/person/-1",
            "/predictions/person?probabilities=maybe",
            "/predictions/person?probabilities=true&probabilities=true",
            "/predictions/person?%zz=1",
            "/predictions/person?" + "a&".repeat(1200),
            "http://localhost/ping",
            "/v2/models//infer",
            "/models/" + "m".repeat(5000));
    private static final List<String> JSON = List.of(
            "null",
            "-",
            "1e999999",
            "-0.0",
            "1".repeat(5000),
            "\"\\ud800\"",
            "\"\\u00",
            "[".repeat(100_000),
            "{\"a\":".repeat(5000),
            "[]",
            "{}",
            "true",
            "\"" + "A".repeat(100_000) + "\"",
            "[9007199254740993]",
            "\uFEFF");

    static FuzzPlan of(long seed) {
        Random random = new Random(seed);
        if (random.nextInt(10) == 0) {
            return new FuzzPlan(cut(FuzzCorpus.GOOD.bytes(), random), Ending.SAYS_SO, false, true);
        }
        boolean management = random.nextInt(12) == 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(3) == 0 ? random.nextInt(MOST_REQUESTS) : 0; i >= 0; i--) {
            out.writeBytes(request(management, random));
        }
        return new FuzzPlan(cut(out.toByteArray(), random), ending(random), management, false);
    }

    private static Ending ending(Random random) {
        int of100 = random.nextInt(100);
        if (of100 < 1) {
            return Ending.WAITS;
        }
        return of100 < 10 ? Ending.LEAVES : of100 < 18 ? Ending.BREAKS : Ending.SAYS_SO;
    }

    private static byte[] request(boolean management, Random random) {
        FuzzRequest request = management ? FuzzCorpus.managing(random) : FuzzCorpus.any(random);
        FuzzBytes bytes = new FuzzBytes(random);
        return switch (random.nextInt(9)) {
            case 0 ->
                FuzzCorpus.withPicture(bytes.damage(FuzzCorpus.picture(random)), random)
                        .bytes();
            case 1 -> request.withBody(bytes.damage(request.body())).bytes();
            case 2 -> json(request, random).bytes();
            case 3 -> headers(request, random).bytes();
            case 4 -> line(request, random).bytes();
            case 5 -> request.chunked(1 + random.nextInt(2000));
            case 6 -> bytes.damage(request.chunked(1 + random.nextInt(2000)));
            case 7 -> request.written(List.of(one(HEADERS, random)), request.body());
            default -> bytes.damage(request.bytes());
        };
    }

    private static FuzzRequest line(FuzzRequest request, Random random) {
        String[] words = Arrays.copyOf(request.line().split(" ", -1), 3);
        int which = random.nextInt(3);
        words[which] = one(which == 0 ? METHODS : which == 1 ? TARGETS : VERSIONS, random);
        return request.withLine(String.join(" ", words));
    }

    private static FuzzRequest headers(FuzzRequest request, Random random) {
        List<String> lines = new ArrayList<>(request.headers());
        if (random.nextInt(3) == 0) {
            lines.remove(random.nextInt(lines.size()));
        }
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 2000 : 4); i >= 0; i--) {
            lines.add(random.nextInt(lines.size() + 1), one(HEADERS.subList(0, HEADERS.size() - 1), random));
        }
        return request.withHeaders(random.nextInt(20) == 0 ? List.of(HEADERS.get(HEADERS.size() - 1)) : lines);
    }

    /** Puts a value where another one stands, or behind everything. */
    private static FuzzRequest json(FuzzRequest request, Random random) {
        String text = new String(request.body(), ISO_8859_1);
        List<Integer> places = new ArrayList<>(List.of(0, text.length()));
        for (int i = text.indexOf(' '); i >= 0 && places.size() < 64; i = text.indexOf(' ', i + 1)) {
            places.add(i + 1);
        }
        int from = places.get(random.nextInt(places.size()));
        int to = random.nextBoolean() ? from : Math.min(text.length(), from + 1 + random.nextInt(20));
        String changed = text.substring(0, from) + one(JSON, random) + text.substring(to);
        return request.withBody(changed.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Usually one piece; else cut anywhere, as a network may. */
    private static List<byte[]> cut(byte[] bytes, Random random) {
        if (bytes.length < 2 || random.nextInt(3) > 0) {
            return List.of(bytes);
        }
        int at = 1 + random.nextInt(bytes.length - 1);
        int then = at + random.nextInt(bytes.length - at);
        return List.of(
                Arrays.copyOf(bytes, at),
                Arrays.copyOfRange(bytes, at, then),
                Arrays.copyOfRange(bytes, then, bytes.length));
    }

    private static String one(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** Whether an answer may come without its body: the server cannot be told apart here from one that cuts it. */
    boolean mayAskForAHead() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toString(ISO_8859_1).contains("HEAD");
    }
}
