package ai.facet.serve.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.decode.ImageGoldens;
import ai.facet.serve.GoldenBundle;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server in a process of its own endures. Each test prints rows of a table with its figures; {@code
 * scripts/acceptance.sh serve} collects them. A system property each makes a run shorter or longer: {@code
 * facet.overload.seconds}, {@code facet.reloads}, {@code facet.soak.minutes}.
 */
class EnduranceTest {
    private static final String NAME = "person";
    private static final String PATH = "/predictions/" + NAME;
    private static final int OK = 200;
    private static final int BUSY = 503;
    private static final int IN_FLIGHT = 64;
    private static final int DEADLINE_SECONDS = 10;
    private static final Duration WARMING = Duration.ofSeconds(5);
    private static final Duration REFUSING = Duration.ofSeconds(10);
    /** Longer than refused connections linger. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private static final int CLIENTS = 192;
    /** Times the capacity; the generator may get less far. */
    private static final int OFFERED = 100;

    private static final double MOST_GROWTH = 1.05;
    private static final double MOST_SOAK_GROWTH = 1.02;
    private static final long MOST_HEAP_GROWTH = 4_000_000;

    /** All of the heap is resident from the start, so whatever grows is native; the heap itself is asked for its live part. */
    private static final List<String> FIXED_HEAP = List.of("-Xms192m", "-Xmx192m", "-Xmn64m", "-XX:+AlwaysPreTouch");

    @TempDir
    Path folder;

    /** Far beyond what one decoding thread can do: a small body that costs much. */
    @Test
    @Tag("slow")
    void overloadIsTurnedAwayAndPasses() throws Exception {
        long seconds = Long.getLong("facet.overload.seconds", 60);
        byte[] request = HttpLoad.request(PATH, costlyPicture());
        try (ServerProcess server =
                start("--decode-threads", "1", "--queue", "32", "--deadline", "" + DEADLINE_SECONDS)) {
            HttpLoad load = new HttpLoad(server.port(), List.of(request));
            load.closed(4, WARMING);
            double capacity = load.closed(4, WARMING).perSecond();
            load.open(CLIENTS, capacity * OFFERED, REFUSING); // the road of refusals is compiled as well
            load.closed(1, SETTLING);
            LiveHeap heap = new LiveHeap(server);
            double cpuBefore = server.cpuSeconds();
            LoadResult result;
            ResidentMemory memory = new ResidentMemory(server);
            try (memory) {
                result = load.open(CLIENTS, capacity * OFFERED, Duration.ofSeconds(seconds));
            }
            double multiple = result.requests() / result.seconds() / capacity;
            LoadResult after = load.closed(1, SETTLING);
            row("overload: capacity", "%.1f requests a second", capacity);
            row(
                    "overload: offered",
                    "%.0f requests a second for %.0f s, %.1f times the capacity, %.0f %% of a processor",
                    result.requests() / result.seconds(),
                    result.seconds(),
                    multiple,
                    100 * (server.cpuSeconds() - cpuBefore) / result.seconds());
            row("overload: answers", "%s, without an answer %s", result.statuses(), result.failures());
            row(
                    "overload: slowest",
                    "200 after %.0f ms, 503 after %.0f ms (from its sending: p99 %.1f ms)",
                    result.maxMillis(),
                    result.otherMicros().getMaxValue() / 1e3,
                    result.otherMicros().getValueAtPercentile(99) / 1e3);
            row("overload: resident memory", "%s", memory);
            row("overload: live heap", "%s", heap);
            row("overload: afterwards", "%s, slowest %.0f ms", after.statuses(), after.maxMillis());
            assertThat(result.failures()).isEmpty();
            assertThat(result.statuses().keySet()).containsExactly(OK, BUSY);
            assertThat(multiple).as("times the capacity").isGreaterThan(3);
            assertThat(result.maxMillis()).isLessThan(1000.0 * DEADLINE_SECONDS);
            assertThat(after.statuses().keySet()).containsExactly(OK);
            assertThat(memory.growth()).as("%s", memory).isLessThan(MOST_GROWTH);
            assertThat(heap.growthBytes()).as("%s", heap).isLessThan(MOST_HEAP_GROWTH);
        }
    }

    @Test
    @Tag("slow")
    void whatIsInFlightAtSigtermIsAnswered() throws Exception {
        byte[] request = HttpLoad.request(PATH, costlyPicture());
        ServerProcess server = start("--decode-threads", "1", "--deadline", "60", "--grace", "60");
        try (server) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT + 16; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> ask(server.port(), request), task -> new Thread(task, "client").start()));
            }
            double inFlight = awaitInFlight(server);
            long begin = System.nanoTime();
            server.close();
            double seconds = (System.nanoTime() - begin) / 1e9;
            List<Integer> statuses =
                    answers.stream().map(CompletableFuture::join).toList();
            row(
                    "SIGTERM",
                    "%.0f in flight, %d of %d answered with 200, ended after %.1f s",
                    inFlight,
                    statuses.stream().filter(status -> status == OK).count(),
                    statuses.size(),
                    seconds);
            assertThat(statuses).containsOnly(OK);
        }
    }

    private static double awaitInFlight(ServerProcess server) throws IOException, InterruptedException {
        Pattern gauge = Pattern.compile("facet_in_flight\\{[^}]*\\} ([0-9.]+)");
        while (true) {
            Matcher found = gauge.matcher(server.metrics());
            if (found.find() && Double.parseDouble(found.group(1)) >= IN_FLIGHT) {
                return Double.parseDouble(found.group(1));
            }
            Thread.sleep(5);
        }
    }

    /** The status; -1 without an answer. */
    private static int ask(int port, byte[] request) {
        try (HttpConnection connection = new HttpConnection(port)) {
            return connection.exchange(request);
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    @Tag("slow")
    void reloadsUnderLoadFailNobody() throws Exception {
        int reloads = Integer.getInteger("facet.reloads", 200);
        GoldenBundle.copyTo(folder.resolve("models").resolve(NAME));
        int management = freePort();
        List<String> arguments = List.of(
                "--models",
                folder.resolve("models").toString(),
                "--reload-interval",
                "0",
                "--management-port",
                "" + management);
        try (ServerProcess server = ServerProcess.start(FIXED_HEAP, arguments)) {
            HttpLoad load = new HttpLoad(server.port(), pictures());
            double half = load.closed(4, WARMING).perSecond() / 2;
            LiveHeap heap = new LiveHeap(server);
            CompletableFuture<Integer> reloading = CompletableFuture.supplyAsync(() -> reload(management, reloads));
            List<LoadResult> results = new ArrayList<>();
            ResidentMemory memory = new ResidentMemory(server);
            try (memory) {
                do {
                    results.add(load.open(8, half, Duration.ofSeconds(1)));
                } while (!reloading.isDone());
            }
            long answered = results.stream().mapToLong(LoadResult::answered).sum();
            long others = results.stream().mapToLong(LoadResult::requests).sum() - answered;
            Matcher loads = Pattern.compile("facet_model_loads_total\\{[^}]*outcome=\"loaded\"[^}]*\\} ([0-9.]+)")
                    .matcher(server.metrics());
            assertThat(loads.find()).isTrue();
            row(
                    "reloads",
                    "%d under %.0f requests a second; %d requests answered with 200, %d otherwise; %s loads",
                    reloading.join(),
                    half,
                    answered,
                    others,
                    loads.group(1));
            row("reloads: resident memory", "%s", memory);
            row("reloads: live heap", "%s", heap);
            assertThat(reloading.join()).isEqualTo(reloads);
            assertThat(Double.parseDouble(loads.group(1))).isEqualTo(reloads + 1.0);
            assertThat(others).isZero();
            assertThat(memory.growth()).as("%s", memory).isLessThan(MOST_GROWTH);
            assertThat(heap.growthBytes()).as("%s", heap).isLessThan(MOST_HEAP_GROWTH);
        }
    }

    /** How many reloads were answered with 200, one after another. */
    private static int reload(int port, int count) {
        byte[] request = ("POST /models/" + NAME + "/reload HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1);
        int done = 0;
        for (int i = 0; i < count; i++) {
            done += ask(port, request) == OK ? 1 : 0;
        }
        return done;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Half of the server's capacity for long, with pictures of all kinds and some that are none. */
    @Test
    @Tag("soak")
    void memoryStaysFlat() throws Exception {
        long minutes = Long.getLong("facet.soak.minutes", 30);
        try (ServerProcess server = start()) {
            HttpLoad good = new HttpLoad(server.port(), pictures());
            HttpLoad bad = new HttpLoad(
                    server.port(),
                    List.of(HttpLoad.request(PATH, new byte[100]), HttpLoad.request(PATH, cutPicture())));
            double half = good.closed(4, WARMING).perSecond() / 2;
            LiveHeap heap = new LiveHeap(server);
            CompletableFuture<LoadResult> refused =
                    CompletableFuture.supplyAsync(() -> bad.open(2, half / 50, Duration.ofMinutes(minutes)));
            LoadResult result;
            ResidentMemory memory = new ResidentMemory(server);
            try (memory) {
                result = good.open(16, half, Duration.ofMinutes(minutes));
            }
            row(
                    "soak: requests",
                    "%s, without an answer %s, in %d minutes; of damaged pictures %s",
                    result.statuses(),
                    result.failures(),
                    minutes,
                    refused.join().statuses());
            row("soak: resident memory", "%s", memory);
            row("soak: live heap", "%s", heap);
            row(
                    "soak: milliseconds",
                    "p50 %.1f, p99 %.1f, p99.9 %.1f, slowest %.0f",
                    result.millis(0.5),
                    result.millis(0.99),
                    result.millis(0.999),
                    result.maxMillis());
            assertThat(result.statuses().keySet()).containsExactly(OK);
            assertThat(result.failures()).isEmpty();
            assertThat(refused.join().statuses().keySet()).containsExactly(400, 415);
            assertThat(memory.growth()).as("%s", memory).isLessThan(MOST_SOAK_GROWTH);
            assertThat(heap.growthBytes()).as("%s", heap).isLessThan(MOST_HEAP_GROWTH);
        }
    }

    private ServerProcess start(String... further) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--model",
                NAME + "=" + GoldenBundle.copyTo(folder.resolve(NAME)).toString()));
        arguments.addAll(List.of(further));
        return ServerProcess.start(FIXED_HEAP, arguments);
    }

    private static List<byte[]> pictures() {
        return List.of(
                        "rgb-420.jpg",
                        "progressive.jpg",
                        "cmyk.jpg",
                        "rgb-16.png",
                        "interlaced.png",
                        "palette.gif",
                        "lossy-alpha.webp")
                .stream()
                .map(file -> HttpLoad.request(PATH, ImageGoldens.bytes(file)))
                .toList();
    }

    private static byte[] cutPicture() {
        return java.util.Arrays.copyOf(ImageGoldens.bytes("rgb-420.jpg"), 400);
    }

    /** 4 million pixels that pack into some kilobytes: much work for few bytes on the way. */
    private static byte[] costlyPicture() throws IOException {
        BufferedImage image = new BufferedImage(2400, 1800, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setPaint(new GradientPaint(0, 0, Color.RED, 2400, 0, Color.CYAN));
        g.fillRect(0, 0, 2400, 1800);
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static void row(String what, String value, Object... arguments) {
        System.out.printf(Locale.ROOT, "| %s | %s |%n", what, String.format(Locale.ROOT, value, arguments));
    }
}
