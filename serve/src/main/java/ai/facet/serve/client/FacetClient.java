package ai.facet.serve.client;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server of {@code facet serve}. Never changes and is safe from many threads: make one and share it, its connections
 * are used again. A server that has too much to do (503) is asked again when it says, {@value #RETRIES} times unless
 * {@link #withRetries} says otherwise.
 */
public final class FacetClient {
    private static final int RETRIES = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long LONGEST_WAIT_SECONDS = 10;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final URI server;
    private final Settings settings;

    /**
     * @param token null for none
     * @param timeout of one try
     */
    private record Settings(@Nullable String token, Duration timeout, int retries, boolean allProbabilities) {}

    private FacetClient(HttpClient http, URI server, Settings settings) {
        this.http = http;
        this.server = server;
        this.settings = settings;
    }

    /**
     * A client of a server.
     *
     * @param server such as {@code http://127.0.0.1:8080}, or with a path if a proxy adds one
     * @throws IllegalArgumentException if it is neither http nor https
     */
    public static FacetClient of(URI server) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        return of(server, http);
    }

    /** A client that asks through an HTTP client of your own, for proxies and certificates. */
    public static FacetClient of(URI server, HttpClient http) {
        String scheme = server.getScheme();
        if (server.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(server + "; expected an address such as http://127.0.0.1:8080");
        }
        return new FacetClient(http, server, new Settings(null, TIMEOUT, RETRIES, false));
    }

    /** The same with the token that the server wants. */
    public FacetClient withToken(String token) {
        return new FacetClient(
                http, server, new Settings(token, settings.timeout, settings.retries, settings.allProbabilities));
    }

    /** The same with another time for each try; 30 s unless it is said. */
    public FacetClient withTimeout(Duration timeout) {
        return new FacetClient(
                http, server, new Settings(settings.token, timeout, settings.retries, settings.allProbabilities));
    }

    /** The same, asking a busy server so many times again; 0 for never. */
    public FacetClient withRetries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException(retries + " retries; expected 0 or more");
        }
        return new FacetClient(
                http, server, new Settings(settings.token, settings.timeout, retries, settings.allProbabilities));
    }

    /** The same, with the probabilities of every class in its answers. */
    public FacetClient withAllProbabilities() {
        return new FacetClient(http, server, new Settings(settings.token, settings.timeout, settings.retries, true));
    }

    /**
     * Asks about a picture in a file.
     *
     * @throws FacetServerException if the server refuses
     * @throws IOException if the file cannot be read or there is no answer
     */
    public PictureAnswer predict(String model, Path picture) throws IOException, InterruptedException {
        return predict(model, Files.readAllBytes(picture));
    }

    /**
     * Asks about an encoded picture.
     *
     * @throws FacetServerException if the server refuses
     * @throws IOException if there is no answer
     */
    public PictureAnswer predict(String model, byte[] picture) throws IOException, InterruptedException {
        HttpRequest request = picture(model, picture);
        HttpResponse<String> response = send(request);
        for (int left = settings.retries; response.statusCode() == UNAVAILABLE && left > 0; left--) {
            TimeUnit.SECONDS.sleep(waitSeconds(response));
            response = send(request);
        }
        return PictureAnswer.parse(json(response));
    }

    /**
     * Asks about an encoded picture without waiting for the answer.
     *
     * @return fails with {@link IOException}, of which {@link FacetServerException} is one
     */
    public CompletableFuture<PictureAnswer> predictAsync(String model, byte[] picture) {
        return sendAsync(picture(model, picture), settings.retries).thenApply(response -> {
            try {
                return PictureAnswer.parse(json(response));
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    private CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request, int retries) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenCompose(response -> {
            if (response.statusCode() != UNAVAILABLE || retries == 0) {
                return CompletableFuture.completedFuture(response);
            }
            Executor later = CompletableFuture.delayedExecutor(waitSeconds(response), TimeUnit.SECONDS);
            return CompletableFuture.supplyAsync(() -> retries - 1, later)
                    .thenCompose(left -> sendAsync(request, left));
        });
    }

    /** The models that the server has. */
    public List<ServedModel> models() throws IOException, InterruptedException {
        return json(send(request("/models").GET().build())).objects("models").stream()
                .map(ServedModel::parse)
                .toList();
    }

    /** Whether every model can answer; false also if there is no server. */
    public boolean isReady() throws InterruptedException {
        try {
            return send(request("/v2/health/ready").GET().build()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest picture(String model, byte[] picture) {
        String path = "/predictions/" + URLEncoder.encode(model, StandardCharsets.UTF_8);
        return request(settings.allProbabilities ? path + "?probabilities=true" : path)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString();
        String whole = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(whole)).timeout(settings.timeout);
        return settings.token == null ? request : request.header("Authorization", "Bearer " + settings.token);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static long waitSeconds(HttpResponse<String> response) {
        String given = response.headers().firstValue("Retry-After").orElse("1");
        return given.matches("[0-9]{1,9}") ? Math.min(LONGEST_WAIT_SECONDS, Long.parseLong(given)) : 1;
    }

    private static JsonObject json(HttpResponse<String> response) throws IOException {
        String name = response.request().uri().getPath();
        try {
            JsonObject json = Json.parseObject(response.body(), name);
            if (response.statusCode() == OK) {
                return json;
            }
            throw new FacetServerException(response.statusCode(), json.string("type"), json.string("message"));
        } catch (JsonException e) { // something between here and the server answered
            throw new FacetServerException(
                    response.statusCode(),
                    "",
                    "status " + response.statusCode() + " and no answer of Facet's: " + e.getMessage());
        }
    }
}
