package ai.facet.serve.http;

import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A headless Chromium with one tab, driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final int PATIENCE_SECONDS = 40;

    private final Process process;
    private final WebSocket socket;
    private final Listener listener;
    private final AtomicInteger calls = new AtomicInteger();

    private Chromium(Process process, WebSocket socket, Listener listener) {
        this.process = process;
        this.socket = socket;
        this.listener = listener;
    }

    /** Where it is installed, if it is. */
    static Optional<Path> find() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder */
    static Chromium start(Path program, Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log.txt").toFile())
                .start();
        try {
            String port = port(profile.resolve("DevToolsActivePort"), process);
            HttpClient client = HttpClient.newHttpClient();
            String tabs = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            Listener listener = new Listener();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create(page(tabs)), listener)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Chromium started = new Chromium(process, socket, listener);
            started.call("Runtime.enable", Map.of());
            started.call("Log.enable", Map.of());
            return started;
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String port(Path file, Process process) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
            if (Files.isRegularFile(file) && Files.size(file) > 0) {
                return Files.readAllLines(file).get(0);
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IOException("Chromium did not start: " + Files.readString(file.resolveSibling("log.txt")));
    }

    private static String page(String tabs) {
        return Json.parseObject("{\"tabs\":" + tabs + "}", "tabs").objects("tabs").stream()
                .filter(tab -> tab.string("type").equals("page"))
                .findFirst()
                .orElseThrow()
                .string("webSocketDebuggerUrl");
    }

    JsonObject call(String method, Map<String, ?> parameters) throws Exception {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        listener.waiting.put(id, answer);
        socket.sendText(Json.write(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void open(String address) throws Exception {
        call("Page.navigate", Map.of("url", address));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** The value of a JavaScript expression that is a text, number or truth value. */
    String evaluate(String expression) throws Exception {
        JsonObject answer =
                call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")", "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(
                    Json.write(answer.object("exceptionDetails").raw()));
        }
        return answer.object("result").string("value");
    }

    void await(String condition) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
            if (evaluate(condition).equals("true")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError(
                condition + " did not come true; the page says: " + evaluate("document.body.innerText"));
    }

    /** Gives files to the first input of a selector, as a person does who chooses them. */
    void choose(String selector, Path... files) throws Exception {
        String handle = call("Runtime.evaluate", Map.of("expression", "document.querySelector('" + selector + "')"))
                .object("result")
                .string("objectId");
        call(
                "DOM.setFileInputFiles",
                Map.of(
                        "objectId",
                        handle,
                        "files",
                        Arrays.stream(files).map(Path::toString).toList()));
    }

    void key(String name, int code) throws Exception {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", name, "windowsVirtualKeyCode", code));
        }
    }

    void screenshot(Path file, int widthPx, int heightPx, boolean dark) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", widthPx, "height", heightPx, "deviceScaleFactor", 1, "mobile", false));
        TimeUnit.MILLISECONDS.sleep(200);
        String png = call("Page.captureScreenshot", Map.of("format", "png")).string("data");
        Files.write(file, Base64.getDecoder().decode(png));
    }

    /** What the browser complained about: refused resources, errors of scripts. */
    List<String> complaints() {
        return List.copyOf(listener.complaints);
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
        private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                message(Json.parseObject(text.toString(), "DevTools"));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void message(JsonObject message) {
            if (message.has("id")) {
                CompletableFuture<JsonObject> answer = waiting.remove(message.int32("id"));
                if (answer != null && message.has("result")) {
                    answer.complete(message.object("result"));
                } else if (answer != null) {
                    answer.completeExceptionally(new IllegalStateException(Json.write(message.raw())));
                }
            } else if (message.string("method").equals("Log.entryAdded")
                    || message.string("method").equals("Runtime.exceptionThrown")) {
                complaints.add(Json.write(message.raw()));
            }
        }
    }
}
