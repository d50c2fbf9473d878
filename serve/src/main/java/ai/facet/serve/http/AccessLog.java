package ai.facet.serve.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;

/**
 * One line for each answered request, on the logger {@value #LOGGER}:
 * {@code TIME CLIENT "METHOD PATH" STATUS BYTES MILLISECONDS}. Neither queries nor bodies are written, so neither are
 * pictures and the names of their files. A thread of Log4j's writes, so that a slow disk delays no answer until
 * {@value #QUEUED_LINES} lines wait; then requests wait too, and no line is lost. Thread-safe.
 */
final class AccessLog implements AutoCloseable {
    /** Its name in Log4j's configuration. */
    static final String LOGGER = "facet.access";

    /** Writes nothing. */
    static final AccessLog OFF = new AccessLog(null, null);

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %m%n";
    private static final int QUEUED_LINES = 16_384;
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_MILLI = 1000;
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final @Nullable Logger logger;
    private final @Nullable AsyncAppender appender;

    private AccessLog(@Nullable Logger logger, @Nullable AsyncAppender appender) {
        this.logger = logger;
        this.appender = appender;
    }

    /**
     * Opens a log.
     *
     * @param target {@code off}, {@code -} for standard output, or a file, to which lines are added
     * @throws IOException if the file cannot be written
     */
    static AccessLog open(String target) throws IOException {
        if (target.equals("off")) {
            return OFF;
        }
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        PatternLayout layout = PatternLayout.newBuilder()
                .setPattern(PATTERN)
                .setConfiguration(configuration)
                .build();
        String name = LOGGER + "-" + OPENED.incrementAndGet(); // a configuration keeps the first appender of a name
        Appender writing = target.equals("-") ? console(layout, name) : file(Path.of(target), layout, name);
        writing.start();
        configuration.addAppender(writing);
        AsyncAppender queueing = AsyncAppender.newBuilder()
                .setName(name + "-queue")
                .setAppenderRefs(new AppenderRef[] {AppenderRef.createAppenderRef(name, Level.INFO, null)})
                .setBufferSize(QUEUED_LINES)
                .setConfiguration(configuration)
                .build();
        queueing.start();
        LoggerConfig config = new LoggerConfig(LOGGER, Level.INFO, false);
        config.addAppender(queueing, Level.INFO, null);
        configuration.removeLogger(LOGGER);
        configuration.addLogger(LOGGER, config);
        context.updateLoggers();
        return new AccessLog(LogManager.getLogger(LOGGER), queueing);
    }

    /** Writes every line that waits. Nothing may be written after it. May be called twice. */
    @Override
    public void close() {
        if (appender != null) {
            appender.stop();
        }
    }

    private static Appender console(PatternLayout layout, String name) {
        return ConsoleAppender.newBuilder()
                .setName(name)
                .setLayout(layout)
                .setTarget(ConsoleAppender.Target.SYSTEM_OUT)
                .build();
    }

    private static Appender file(Path file, PatternLayout layout, String name) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new IOException("--access-log " + file + " is not a file in a folder that exists");
        }
        Appender appender = FileAppender.newBuilder()
                .setName(name)
                .setLayout(layout)
                .setFileName(file.toString())
                .setIgnoreExceptions(true)
                .build();
        if (appender == null) {
            throw new IOException("--access-log " + file + " cannot be written");
        }
        return appender;
    }

    void write(String client, Exchange exchange, int status, long bytes, long nanos) {
        if (logger != null) {
            logger.info(
                    "{} \"{} {}\" {} {} {}",
                    client,
                    escape(exchange.method()),
                    escape(exchange.path()),
                    status,
                    bytes,
                    millis(nanos));
        }
    }

    /** With three digits behind the point; String.format would take longer than all the rest. */
    static String millis(long nanos) {
        long micros = nanos / NANOS_PER_MICRO;
        long behind = micros % MICROS_PER_MILLI;
        return micros / MICROS_PER_MILLI + (behind < 10 ? ".00" : behind < 100 ? ".0" : ".") + behind;
    }

    /** What a client wrote must neither begin a line nor end a quotation; other bytes than ASCII's become {@code \xHH}. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 127 && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append(String.format("\\x%02X", (int) c));
            }
        }
        return out.toString();
    }
}
