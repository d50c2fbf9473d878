package ai.facet.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.serve.metrics.ServerMetrics;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static PemFiles rsa;
    private static PemFiles ec;

    /** A key and its self-signed certificate for 127.0.0.1. */
    private record PemFiles(KeyStore store, Path certificate, Path key) {}

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = make("RSA");
        ec = make("EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void answersOverHttpsAsOverHttp(String algorithm) throws Exception {
        PemFiles files = algorithm.equals("EC") ? ec : rsa;
        try (HttpServer server = start(files)) {
            HttpClient client = client(files.store());
            byte[] picture = Pictures.grey(250, "png");
            for (int i = 0; i < 3; i++) { // over one connection
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/predictions/fake"))
                                .POST(BodyPublishers.ofByteArray(picture))
                                .build(),
                        BodyHandlers.ofString());

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("bright");
                assertThat(answer.sslSession())
                        .hasValueSatisfying(
                                session -> assertThat(session.getProtocol()).isEqualTo("TLSv1.3"));
            }
        }
    }

    @Test
    void namesTheFileAndWhatIsExpected() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        Path old = Files.writeString(
                folder.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Path cut = Files.writeString(
                folder.resolve("cut.pem"), Files.readString(rsa.key()).replaceFirst("(?s)\\n.{400}", "\n"));

        assertThatThrownBy(() -> TlsFiles.load(folder.resolve("none.pem"), rsa.key()))
                .hasMessageContaining("--tls-cert")
                .hasMessageContaining("is not a file");
        assertThatThrownBy(() -> TlsFiles.load(text, rsa.key())).hasMessageContaining("holds no readable certificate");
        assertThatThrownBy(() -> TlsFiles.load(rsa.certificate(), text)).hasMessageContaining("holds no private key");
        assertThatThrownBy(() -> TlsFiles.load(rsa.certificate(), old))
                .hasMessageContaining("holds a rsa private key; expected PKCS #8");
        assertThatThrownBy(() -> TlsFiles.load(rsa.certificate(), cut)).hasMessageContaining("is damaged");
        assertThatThrownBy(() -> TlsFiles.load(rsa.certificate(), make("RSA").key()))
                .hasMessageContaining("is not the key of the first certificate");
    }

    private static HttpServer start(PemFiles files) throws Exception {
        ServerSettings settings = new ServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new AccessRules(List.of(), null),
                new HttpLimits(
                        TestServer.BODY_LIMIT, TestServer.BODY_LIMIT, Duration.ofSeconds(10), Duration.ofSeconds(10)),
                Duration.ofSeconds(10),
                TlsFiles.load(files.certificate(), files.key()),
                null);
        return HttpServer.start(
                TestServer.models(Map.of("fake", TestServer.service(FakeModel.open(), TestServer.LIMITS))),
                settings,
                new RequestJournal(new ServerMetrics(), AccessLog.OFF));
    }

    private static HttpClient client(KeyStore trusted) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static PemFiles make(String algorithm) throws Exception {
        Path store = Files.createTempDirectory(folder, algorithm).resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] key = keys.getKey("a", PASSWORD.toCharArray()).getEncoded();
        byte[] certificate = keys.getCertificate("a").getEncoded();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        return new PemFiles(
                trusted,
                pem(store.resolveSibling("cert.pem"), "CERTIFICATE", certificate),
                pem(store.resolveSibling("key.pem"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String kind, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
