package ai.facet.train.natives;

import ai.facet.cli.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where an archive comes from. For one reader.
 *
 * @param name the file or address, for messages
 * @param sizeBytes -1 if the server does not say
 * @param stream its bytes; closed with this
 */
record ArchiveSource(String name, long sizeBytes, InputStream stream) implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final long MEGABYTE = 1_000_000;

    /** Opens a local file, or asks an https server. */
    static ArchiveSource open(String from) throws IOException {
        if (from.startsWith("https://")) {
            return download(URI.create(from));
        }
        if (from.contains("://")) {
            throw UserException.badArguments("--from is \"" + from + "\"; expected a file or an https address");
        }
        Path file = Path.of(from);
        return new ArchiveSource(from, Files.size(file), Files.newInputStream(file));
    }

    private static ArchiveSource download(URI address) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            HttpResponse<InputStream> response =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException(address + " answered with status " + response.statusCode() + "; expected 200");
            }
            long size = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            return new ArchiveSource(address.toString(), size, response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address, e);
        }
    }

    String sizeText() {
        return sizeBytes < 0 ? "unknown" : String.format("%,d MB", (sizeBytes + MEGABYTE - 1) / MEGABYTE);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
