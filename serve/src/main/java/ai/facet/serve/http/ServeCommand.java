package ai.facet.serve.http;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.decode.DecodeLimits;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceLimits;
import ai.facet.serve.inference.HeatModel;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import ai.facet.serve.metrics.ServerMetrics;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet serve}. */
@Command(
        name = "serve",
        sortOptions = false,
        description = {
            "Answer pictures over HTTP with exported models, on ONNX Runtime.",
            "POST /predictions/{model} takes a picture as the body, as the field data, image or file of a form, or as "
                    + "base64 in JSON {\"image\": ...}; ?probabilities=true adds all classes, "
                    + "?explain=true where in the picture the network looks (bundles of facet export --explain). GET /ping says whether it is "
                    + "ready, GET /models what it serves, GET /openapi.json what else it answers: the Open Inference "
                    + "Protocol and metrics for Prometheus. It ends on SIGTERM or Ctrl-C after answering what it accepted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet serve --model bundles/person",
            "  facet serve --model a=bundles/one --model b=bundles/two --port 9000",
            "  curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:8080/predictions/person"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LogManager.getLogger();
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
    private static final int MEGABYTE = 1_000_000;
    private static final int BODIES_PART = 4; // Netty may take as much as the heap

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "[NAME=]BUNDLE",
            description = "A bundle folder or .onnx file, under its own name or another. For a path such as a=1/bundle "
                    + "write ./a=1/bundle. Repeatable.")
    private List<String> models = List.of();

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            description =
                    "Another name under which clients may ask, such as facet.example.org. IP addresses, localhost and "
                            + "--host are always allowed; other names get 403, against DNS rebinding. Repeatable.")
    private List<String> allowedHosts = List.of();

    @Option(names = "--port", defaultValue = "8080", description = "0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda or cuda:N. Default: cpu.")
    private String device = "cpu";

    @Option(
            names = "--inference-threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads inside one inference. Default: ${DEFAULT-VALUE}.")
    private int inferenceThreads;

    @Option(names = "--decode-threads", paramLabel = "N", description = "Threads that decode. Default: the processors.")
    private int decodeThreads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Pictures in one inference. Default: ${DEFAULT-VALUE}.")
    private int maxBatch;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "128",
            description = "Pictures under way per model; beyond them the answer is 503. Default: ${DEFAULT-VALUE}.")
    private int queue;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "A picture not answered by then gets 504. Default: ${DEFAULT-VALUE}.")
    private double deadlineSeconds;

    @Option(
            names = "--max-body",
            paramLabel = "MB",
            defaultValue = "10",
            description =
                    "Larger requests get 413. All that are being read may take a quarter of the heap (FACET_HEAP); beyond "
                            + "it the answer is 503. Default: ${DEFAULT-VALUE}.")
    private int maxBodyMegabytes;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Time to answer what was accepted before ending. Default: ${DEFAULT-VALUE}.")
    private int graceSeconds;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Requests need this file's text as Authorization: Bearer. Default: $FACET_TOKEN, or none.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--tls-cert",
            paramLabel = "PEM",
            description = "Answer over HTTPS with this certificate, followed by those that signed it. Needs --tls-key.")
    private @Nullable Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "PEM",
            description = "The certificate's private key: PKCS #8 without a password.")
    private @Nullable Path tlsKey;

    @Option(
            names = "--access-log",
            paramLabel = "FILE|-|off",
            defaultValue = "off",
            description =
                    "One line for each request, with the client's address and the path but neither query nor body: "
                            + "added to a file, or - for standard output. Default: ${DEFAULT-VALUE}.")
    private String accessLog = "off";

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public ServeCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        InetSocketAddress address = address();
        boolean loopback = address.getAddress().isLoopbackAddress();
        String token = token();
        if (!loopback && token == null) {
            LOG.warn("{} is open to other machines and no token is set; anybody may ask", host);
        } else if (!loopback && tlsCertificate == null) {
            LOG.warn(
                    "the token and the pictures travel in the clear; give --tls-cert and --tls-key, or put a proxy in front");
        }
        ServerSettings settings =
                new ServerSettings(address, access(token), limits(), Duration.ofSeconds(graceSeconds), tls());
        RequestJournal journal = new RequestJournal(new ServerMetrics(), AccessLog.open(accessLog));
        Map<String, PredictionService> services = load(journal.metrics());
        HttpServer server;
        try {
            server = HttpServer.start(services, settings, journal);
        } catch (IOException e) {
            services.values().forEach(PredictionService::close);
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        String shown = address.getAddress() instanceof java.net.Inet6Address ? "[" + host + "]" : host;
        String url = (settings.tls() == null ? "http://" : "https://") + shown + ":" + server.port();
        spec.commandLine().getOut().println("listening on " + url);
        services.keySet()
                .forEach(name -> spec.commandLine().getOut().println("  POST " + url + "/predictions/" + name));
        spec.commandLine().getOut().flush();
        server.awaitClose();
        return ExitCodes.DONE;
    }

    private InetSocketAddress address() {
        if (port < 0 || port > 65_535) {
            throw UserException.badArguments("--port is " + port + "; expected 0 to 65535");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw UserException.badArguments("--host " + host + " is not known on this machine");
        }
    }

    private AccessRules access(@Nullable String token) {
        List<String> names = new ArrayList<>(allowedHosts);
        for (String name : allowedHosts) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw UserException.badArguments(
                        "--allowed-host " + name + "; expected a host name without port, such as facet.example.org");
            }
        }
        names.add(host);
        return new AccessRules(names, token);
    }

    private @Nullable SslContext tls() throws IOException {
        if (tlsCertificate == null && tlsKey == null) {
            return null;
        }
        if (tlsCertificate == null || tlsKey == null) {
            throw UserException.badArguments("--tls-cert and --tls-key go together; only one of them is given");
        }
        return TlsFiles.load(tlsCertificate, tlsKey);
    }

    private HttpLimits limits() {
        if (maxBodyMegabytes < 1 || maxBodyMegabytes > 1000) {
            throw UserException.badArguments("--max-body is " + maxBodyMegabytes + "; expected 1 to 1000");
        }
        int body = maxBodyMegabytes * MEGABYTE;
        return new HttpLimits(body, Math.max(body, Runtime.getRuntime().maxMemory() / BODIES_PART), REQUEST, IDLE);
    }

    private @Nullable String token() throws IOException {
        String token = tokenFile == null
                ? System.getenv("FACET_TOKEN")
                : Files.readString(tokenFile).strip();
        if (token != null && token.isEmpty()) {
            throw UserException.badArguments("the token is empty; expected a secret text");
        }
        return token;
    }

    private Map<String, PredictionService> load(ServerMetrics metrics) throws IOException {
        Duration deadline = Duration.ofMillis(Math.round(deadlineSeconds * 1000));
        ServiceLimits serviceLimits = new ServiceLimits(queue, maxBatch, decodeThreads, deadline);
        Map<String, PredictionService> services = new LinkedHashMap<>();
        try {
            for (String argument : models) {
                add(ModelArgument.parse(argument), serviceLimits, metrics, services);
            }
        } catch (IOException | RuntimeException e) {
            services.values().forEach(PredictionService::close);
            throw e;
        }
        return services;
    }

    private void add(
            ModelArgument given,
            ServiceLimits serviceLimits,
            ServerMetrics metrics,
            Map<String, PredictionService> services)
            throws IOException {
        InferenceOptions options = new InferenceOptions(inferenceThreads, device);
        OnnxModel model = OnnxModel.open(given.path(), options);
        HeatModel heat = null;
        try {
            String name = given.name() == null ? model.description().name() : given.name();
            if (services.containsKey(name)) {
                throw UserException.badArguments("two models are called " + name + "; give one another NAME=");
            }
            heat = HeatModel.openBeside(model, options);
            services.put(
                    name,
                    new PredictionService(model, serviceLimits, DecodeLimits.DEFAULT, metrics.observer(name), heat));
        } catch (IOException | RuntimeException e) {
            model.close();
            if (heat != null) {
                heat.close();
            }
            throw e;
        }
        LOG.info("{} on ONNX Runtime {}", given.path(), OnnxModel.runtimeVersion());
    }
}
