package ai.facet.serve.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;

/**
 * One line for each answered request, on the logger {@value #LOGGER}:
 * {@code TIME CLIENT "METHOD PATH" STATUS BYTES MILLISECONDS}. Neither queries nor bodies are written, so neither are
 * pictures and the names of their files. Thread-safe.
 */
final class AccessLog {
    /** Its name in Log4j's configuration. */
    static final String LOGGER = "facet.access";

    /** Writes nothing. */
    static final AccessLog OFF = new AccessLog(null);

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %m%n";
    private static final double NANOS_PER_MILLI = 1e6;

    private final @Nullable Logger logger;

    private AccessLog(@Nullable Logger logger) {
        this.logger = logger;
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
        Appender appender = target.equals("-") ? console(layout) : file(Path.of(target), layout);
        appender.start();
        LoggerConfig config = new LoggerConfig(LOGGER, Level.INFO, false);
        config.addAppender(appender, Level.INFO, null);
        configuration.removeLogger(LOGGER);
        configuration.addLogger(LOGGER, config);
        context.updateLoggers();
        return new AccessLog(LogManager.getLogger(LOGGER));
    }

    private static Appender console(PatternLayout layout) {
        return ConsoleAppender.createDefaultAppenderForLayout(layout);
    }

    private static Appender file(Path file, PatternLayout layout) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new IOException("--access-log " + file + " is not a file in a folder that exists");
        }
        Appender appender = FileAppender.newBuilder()
                .setName(LOGGER)
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
                    String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MILLI));
        }
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
