package ai.facet.serve.http;

import ai.facet.decode.ImageDecodeException;
import ai.facet.json.JsonException;
import ai.facet.serve.batch.OverloadedException;
import ai.facet.serve.registry.FolderModels;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Turns whatever went wrong into a status, and logs what is our fault. Thread-safe. */
final class Failures {
    private static final Logger LOG = LogManager.getLogger();
    private static final long LOG_INTERVAL_NANOS = 10_000_000_000L;

    private final AtomicLong overloads = new AtomicLong();
    private final LogPace overloadPace = new LogPace(LOG_INTERVAL_NANOS, System::nanoTime);
    private final LogPace errorPace = new LogPace(LOG_INTERVAL_NANOS, System::nanoTime);

    HttpFailure of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpFailure known) {
            return known;
        }
        if (cause instanceof ImageDecodeException image) {
            return badPicture(image);
        }
        if (cause instanceof OverloadedException) {
            return overloaded(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof OutOfMemoryError) {
            return overloaded("the server is short of memory; try again later");
        }
        if (cause instanceof TimeoutException) {
            return new HttpFailure(
                    HttpResponseStatus.GATEWAY_TIMEOUT, "TimeoutException", "the picture was not answered in time");
        }
        if (cause instanceof FolderModels.RefusedException refused) {
            return Management.failure(refused);
        }
        if (cause instanceof JsonException) {
            return HttpFailure.badRequest(String.valueOf(cause.getMessage()));
        }
        logError(cause);
        return new HttpFailure(
                HttpResponseStatus.INTERNAL_SERVER_ERROR, "InternalServerException", "the server failed; see its log");
    }

    static HttpFailure unavailable(String message) {
        return new HttpFailure(HttpResponseStatus.SERVICE_UNAVAILABLE, "ServiceUnavailableException", message);
    }

    private static HttpFailure badPicture(ImageDecodeException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case EMPTY, DAMAGED -> HttpFailure.badRequest(message);
            case TOO_LARGE -> HttpFailure.tooLarge(message);
            case UNSUPPORTED_FORMAT ->
                new HttpFailure(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaTypeException", message);
        };
    }

    /** 503, counted for the log. */
    HttpFailure overloaded(String message) {
        long count = overloads.incrementAndGet();
        if (overloadPace.next() != LogPace.HOLD) {
            LOG.warn("overloaded: {} requests turned away so far, this one because: {}", count, message);
        }
        return unavailable(message);
    }

    /** One stack trace an interval: a broken model fails with every request. */
    private void logError(Throwable cause) {
        long held = errorPace.next();
        if (held != LogPace.HOLD) {
            LOG.error("a request failed; {} more since the last such line", held, cause);
        }
    }
}
