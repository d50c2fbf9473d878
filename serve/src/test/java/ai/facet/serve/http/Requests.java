package ai.facet.serve.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** What tests ask a server on this machine. */
final class Requests {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int TIMEOUT_MILLIS = 20_000;

    private Requests() {}

    static HttpResponse<String> get(int port, String path) throws Exception {
        return send(request(port, path).GET());
    }

    static HttpResponse<String> post(int port, String path, byte[] body, String type) throws Exception {
        return send(
                request(port, path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    static HttpResponse<String> postJson(int port, String path, String json) throws Exception {
        return post(port, path, json.getBytes(UTF_8), "application/json");
    }

    static CompletableFuture<HttpResponse<String>> postLater(int port, byte[] body) {
        HttpRequest request = request(port, "/predictions/fake")
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMillis(TIMEOUT_MILLIS));
    }

    /** Sends bytes as they are; the answer is everything until the server ends the connection. */
    static String talk(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** A form of one field, with the boundary {@code xyz}. */
    static byte[] multipart(String field, byte[] file) {
        byte[] head = ("--xyz\r\nContent-Disposition: form-data; name=\"" + field
                        + "\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(UTF_8);
        byte[] tail = "\r\n--xyz--\r\n".getBytes(UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + file.length + tail.length);
        System.arraycopy(file, 0, body, head.length, file.length);
        System.arraycopy(tail, 0, body, head.length + file.length, tail.length);
        return body;
    }
}
