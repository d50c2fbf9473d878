package ai.facet.serve.http;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.serve.batch.ServiceLimits;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.PrecisionChoice;
import ai.facet.serve.metrics.ServerMetrics;
import ai.facet.serve.registry.FolderModels;
import ai.facet.serve.registry.LoadedModel;
import ai.facet.serve.registry.ModelId;
import ai.facet.serve.registry.ModelLoader;
import ai.facet.serve.registry.ModelRegistry;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            "  facet serve --models bundles --management-port 8081",
            "  curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:8080/predictions/person"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LogManager.getLogger();
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
    private static final double MOST_RELOAD_SECONDS = 86_400;
    private static final int MEGABYTE = 1_000_000;
    private static final int BODIES_PART = 4; // Netty may take as much as the heap

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "A folder of bundles: DIR/NAME, or DIR/NAME/VERSION for several versions. A bundle that is new or "
                            + "changed is loaded and verified beside the one that answers, and then takes its place.")
    private @Nullable Path modelFolder;

    @Option(
            names = "--reload-interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How often to look for changes in --models; 0 for never. Default: ${DEFAULT-VALUE}.")
    private double reloadSeconds;

    @Option(
            names = "--model",
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

    @Option(names = "--precision", paramLabel = "P", defaultValue = "auto", description = PrecisionChoice.HELP)
    private String precision = "auto";

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
            names = "--management-port",
            paramLabel = "PORT",
            description =
                    "Also listen here for those who run the server: list, register, unregister and reload bundles of "
                            + "--models. 0 for any free port. Default: nowhere.")
    private @Nullable Integer managementPort;

    @Option(
            names = "--management-host",
            defaultValue = "127.0.0.1",
            description = "Address of the management port. Default: ${DEFAULT-VALUE}.")
    private String managementHost = "127.0.0.1";

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
        requireModels();
        InetSocketAddress address = address("--host", host, "--port", port);
        InetSocketAddress management = managementPort == null
                ? null
                : address("--management-host", managementHost, "--management-port", managementPort);
        String token = token();
        warnOfOpenAddress("", address, token);
        if (management != null) {
            warnOfOpenAddress("management on ", management, token);
        }
        ServerSettings settings = new ServerSettings(
                address, access(token), limits(), Duration.ofSeconds(graceSeconds), tls(), management);
        RequestJournal journal = new RequestJournal(new ServerMetrics(), AccessLog.open(accessLog));
        ServedModels served = load(journal.metrics());
        HttpServer server;
        try {
            server = HttpServer.start(served, settings, journal);
        } catch (IOException e) {
            served.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        announce(server, settings, served);
        server.awaitClose();
        return ExitCodes.DONE;
    }

    private void announce(HttpServer server, ServerSettings settings, ServedModels served) {
        PrintWriter out = spec.commandLine().getOut();
        String url = url(settings, host, server.port());
        out.println("listening on " + url);
        served.registry().names().forEach(name -> out.println("  POST " + url + "/predictions/" + name));
        if (server.managementPort() >= 0) {
            out.println("management on " + url(settings, managementHost, server.managementPort()));
        }
        out.flush();
    }

    private static String url(ServerSettings settings, String host, int port) {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host; // IPv6
        return (settings.tls() == null ? "http://" : "https://") + shown + ":" + port;
    }

    private void requireModels() {
        if (models.isEmpty() && modelFolder == null) {
            throw UserException.badArguments("nothing to serve: give --model BUNDLE or --models DIR");
        }
        if (!(reloadSeconds >= 0 && reloadSeconds <= MOST_RELOAD_SECONDS)) {
            throw UserException.badArguments(
                    "--reload-interval is " + reloadSeconds + "; expected 0 to " + MOST_RELOAD_SECONDS + " seconds");
        }
    }

    private void warnOfOpenAddress(String what, InetSocketAddress address, @Nullable String token) {
        boolean loopback = address.getAddress().isLoopbackAddress();
        if (!loopback && token == null) {
            LOG.warn(
                    "{}{} is open to other machines and no token is set; anybody may ask",
                    what,
                    address.getHostString());
        } else if (!loopback && tlsCertificate == null) {
            LOG.warn(
                    "{}{}: the token and the pictures travel in the clear; give --tls-cert and --tls-key, or put a proxy in front",
                    what,
                    address.getHostString());
        }
    }

    private static InetSocketAddress address(String hostOption, String host, String portOption, int port) {
        if (port < 0 || port > 65_535) {
            throw UserException.badArguments(portOption + " is " + port + "; expected 0 to 65535");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw UserException.badArguments(hostOption + " " + host + " is not known on this machine");
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
        names.add(managementHost);
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

    private ServedModels load(ServerMetrics metrics) throws IOException {
        Duration deadline = Duration.ofMillis(Math.round(deadlineSeconds * 1000));
        ServiceLimits serviceLimits = new ServiceLimits(queue, maxBatch, decodeThreads, deadline);
        InferenceOptions options = new InferenceOptions(inferenceThreads, device, PrecisionChoice.of(precision));
        ModelLoader loader = new ModelLoader(options, serviceLimits, metrics);
        ModelRegistry registry = new ModelRegistry();
        FolderModels folder = modelFolder == null ? null : new FolderModels(modelFolder, loader, registry, metrics);
        ServedModels served = new ServedModels(registry, folder);
        try {
            for (String argument : models) {
                add(ModelArgument.parse(argument), loader, registry);
            }
            if (folder != null) {
                folder.loadAll();
            }
        } catch (IOException | RuntimeException e) {
            served.close();
            throw e;
        }
        if (folder != null && reloadSeconds > 0) {
            folder.watch(Duration.ofMillis(Math.max(1, Math.round(reloadSeconds * 1000))));
        }
        return served;
    }

    private static void add(ModelArgument given, ModelLoader loader, ModelRegistry registry) throws IOException {
        LoadedModel model = loader.load(given.name(), ModelId.FIRST, given.path(), true);
        if (registry.names().contains(model.id().name())) {
            model.service().close();
            throw UserException.badArguments(
                    "two models are called " + model.id().name() + "; give one another NAME=");
        }
        registry.put(model);
    }
}
