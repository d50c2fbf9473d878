package ai.facet.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The examples in docs/deploy say nothing that the server, the launcher or the distribution does not know. */
class DeploymentFilesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = ROOT.resolve("docs").resolve("deploy");

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    private static List<Map<String, ?>> yaml(String file) throws IOException {
        List<Map<String, ?>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(text(DEPLOY.resolve(file)))
                .forEach(document -> documents.add(map(document)));
        return documents;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(Object value) {
        return (Map<String, ?>) value;
    }

    /** What lies under keys and list indices. */
    private static Object at(Object from, Object... keys) {
        Object value = from;
        for (Object key : keys) {
            Object next = key instanceof Integer index
                    ? ((List<?>) value).get(index)
                    : map(value).get(key);
            value = Objects.requireNonNull(next, () -> "no " + key);
        }
        return value;
    }

    private static Object container() throws IOException {
        return at(yaml("kubernetes.yaml").get(0), "spec", "template", "spec", "containers", 0);
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    /** Fails for an option or a value that the command does not know. */
    private static CommandLine.ParseResult parsed(List<String> arguments) {
        return new CommandLine(new ServeCommand()).parseArgs(arguments.toArray(String[]::new));
    }

    private static Object option(CommandLine.ParseResult parsed, String name) {
        return Objects.requireNonNull(parsed.matchedOption(name), name).getValue();
    }

    @Test
    void theDeploymentsArgumentsAndPortsAreTheServers() throws IOException {
        CommandLine.ParseResult arguments = parsed(strings(at(container(), "args")));

        assertThat(at(container(), "ports", 0, "containerPort")).isEqualTo(option(arguments, "--port"));
        assertThat(at(container(), "volumeMounts", 0, "mountPath"))
                .isEqualTo(option(arguments, "--models").toString());
        Object service = yaml("kubernetes.yaml").get(1);
        assertThat(at(service, "spec", "ports", 0, "targetPort")).isEqualTo(at(container(), "ports", 0, "name"));
        assertThat(strings(option(arguments, "--allowed-host"))).contains((String) at(service, "metadata", "name"));
    }

    @Test
    void probesAskPathsThatNeedNoToken() throws IOException {
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            String path = (String) at(container(), probe, "httpGet", "path");

            assertThat(paths()).as(probe).contains(path);
            assertThat(Endpoint.isOpen(path)).as(probe).isTrue();
            assertThat(at(container(), probe, "httpGet", "port")).isEqualTo(at(container(), "ports", 0, "name"));
        }
    }

    private static List<String> paths() {
        return Surface.PUBLIC.endpoints().stream().map(Endpoint::template).toList();
    }

    @Test
    void thePodLivesLongerThanTheServersGrace() throws IOException {
        Object pod = at(yaml("kubernetes.yaml").get(0), "spec", "template", "spec");
        int preStop = Integer.parseInt((String) at(container(), "lifecycle", "preStop", "exec", "command", 1));
        int grace = (Integer) option(parsed(strings(at(container(), "args"))), "--grace");

        assertThat((Integer) at(pod, "terminationGracePeriodSeconds")).isGreaterThan(preStop + grace);
    }

    @Test
    void theMonitorAsksForMetricsWithTheDeploymentsToken() throws IOException {
        Object endpoint = at(yaml("kubernetes-monitor.yaml").get(0), "spec", "endpoints", 0);

        assertThat(paths()).contains((String) at(endpoint, "path"));
        assertThat(at(endpoint, "authorization", "credentials"))
                .isEqualTo(at(container(), "env", 0, "valueFrom", "secretKeyRef"));
        assertThat(at(endpoint, "port")).isEqualTo(at(yaml("kubernetes.yaml").get(1), "spec", "ports", 0, "name"));
        assertThat(at(yaml("kubernetes-monitor.yaml").get(0), "spec", "selector", "matchLabels"))
                .isEqualTo(at(yaml("kubernetes.yaml").get(1), "metadata", "labels"));
    }

    @Test
    void everyVariableIsRead() throws IOException {
        String readers = text(ROOT.resolve("scripts/facet"))
                + text(ROOT.resolve("serve/src/main/java/ai/facet/serve/http/ServeCommand.java"));
        List<String> names = new ArrayList<>();
        for (Object variable : (List<?>) at(container(), "env")) {
            names.add((String) at(variable, "name"));
        }
        all("^ENV (\\w+)=").forEach(found -> names.add(found.group(1)));

        assertThat(names)
                .hasSizeGreaterThan(2)
                .allSatisfy(name -> assertThat(readers).contains(name));
    }

    private static List<Matcher> all(String pattern) throws IOException {
        List<Matcher> found = new ArrayList<>();
        for (String line : text(DEPLOY.resolve("Containerfile")).split("\n")) {
            Matcher matcher = Pattern.compile(pattern).matcher(line);
            if (matcher.find()) {
                found.add(matcher);
            }
        }
        return found;
    }

    private static String only(String pattern) throws IOException {
        assertThat(all(pattern)).as(pattern).hasSize(1);
        return all(pattern).get(0).group(1);
    }

    @Test
    void theContainerStartsTheServerOnItsPort() throws IOException {
        List<String> entry = strings(new Yaml(new SafeConstructor(new LoaderOptions())).load(only("^ENTRYPOINT (.*)")));
        List<String> command = strings(new Yaml(new SafeConstructor(new LoaderOptions())).load(only("^CMD (.*)")));

        assertThat(entry).containsExactly("/opt/facet/scripts/facet", "serve");
        assertThat(option(parsed(command), "--port")).isEqualTo(Integer.valueOf(only("^EXPOSE (\\d+)$")));
        assertThat(text(ROOT.resolve("pom.xml")))
                .contains("<maven.compiler.release>"
                        + all("^FROM eclipse-temurin:(\\d+)-jre").get(0).group(1) + "<");
    }

    /** The image takes files of the archive that scripts/make-dist.sh packs. */
    @Test
    void theContainerTakesWhatTheDistributionHas() throws IOException {
        String packs = text(ROOT.resolve("scripts/make-dist.sh"));
        List<String> taken = new ArrayList<>();
        for (Matcher copy : all("^COPY --from=unpacked (.*) /opt/facet/\\w*$")) {
            taken.addAll(List.of(copy.group(1).split(" ")));
        }

        assertThat(taken)
                .contains("/facet/scripts", "/facet/serve")
                .allSatisfy(path -> assertThat(packs).contains(path.substring("/facet/".length())));
        assertThat(only("--build-arg DIST=dist/facet-(.*)-linux-x86_64.tar.gz"))
                .isEqualTo(version(text(ROOT.resolve("pom.xml"))));
    }

    private static String version(String pom) {
        Matcher version = Pattern.compile("(?m)^  <version>(.*)</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
