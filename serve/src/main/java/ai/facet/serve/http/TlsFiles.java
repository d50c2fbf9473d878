package ai.facet.serve.http;

import ai.facet.cli.UserException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A certificate chain and its private key from PEM files, as certbot and most authorities give them (RFC 7468). The JDK's own
 * TLS 1.3 and 1.2 speaks with them.
 */
final class TlsFiles {
    private static final Logger LOG = LogManager.getLogger();
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----");
    private static final byte[] PROBE = "facet".getBytes(StandardCharsets.US_ASCII);

    private TlsFiles() {}

    /**
     * Reads both files and tries whether they belong together.
     *
     * @param certificate the server's certificate, then those that signed it
     * @param key PKCS #8 without a password
     * @throws UserException (exit 2) naming the file, what was found and what is expected
     */
    static SslContext load(Path certificate, Path key) throws IOException {
        List<X509Certificate> chain = chain(certificate);
        X509Certificate own = chain.get(0);
        PrivateKey privateKey = key(key, own.getPublicKey().getAlgorithm());
        if (!belongTogether(privateKey, own.getPublicKey())) {
            throw UserException.badArguments("--tls-key " + key + " is not the key of the first certificate in "
                    + certificate + " (" + own.getSubjectX500Principal() + ")");
        }
        if (own.getNotAfter().toInstant().isBefore(Instant.now())) {
            LOG.warn("the certificate in {} ended at {}; clients will refuse it", certificate, own.getNotAfter());
        }
        return SslContextBuilder.forServer(privateKey, chain)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }

    private static List<X509Certificate> chain(Path file) throws IOException {
        byte[] bytes = read("--tls-cert", file).getBytes(StandardCharsets.ISO_8859_1);
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (GeneralSecurityException e) {
            LOG.debug("unreadable certificate", e);
        }
        throw UserException.badArguments(
                "--tls-cert " + file + " holds no readable certificate; expected PEM with -----BEGIN CERTIFICATE-----");
    }

    private static PrivateKey key(Path file, String algorithm) throws IOException {
        String text = read("--tls-key", file);
        Matcher key = KEY.matcher(text);
        if (!key.find()) {
            Matcher other = OTHER_KEY.matcher(text);
            String found = other.find() ? "a " + other.group(1).toLowerCase(Locale.ROOT) : "no private key";
            throw UserException.badArguments("--tls-key " + file + " holds " + found
                    + "; expected PKCS #8 without a password (-----BEGIN PRIVATE KEY-----). Convert it with: openssl"
                    + " pkcs8 -topk8 -nocrypt -in KEY -out KEY.pem");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(key.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.debug("unreadable key", e);
            throw UserException.badArguments(
                    "--tls-key " + file + " is damaged or no " + algorithm + " key, which the certificate wants");
        }
    }

    private static String read(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw UserException.badArguments(option + " " + file + " is not a file");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        try {
            Signature signature = Signature.getInstance(
                    switch (publicKey.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> publicKey.getAlgorithm(); // EdDSA
                    });
            signature.initSign(privateKey);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            LOG.debug("key and certificate", e);
            return false;
        }
    }
}
