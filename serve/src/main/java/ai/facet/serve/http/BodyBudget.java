package ai.facet.serve.http;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for the bodies of all connections together, from their first byte until the picture is read. Thread-safe. */
final class BodyBudget {
    private final long limitBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    BodyBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    long usedBytes() {
        return usedBytes.get();
    }

    /** One request's part of the budget. */
    final class Share {
        private final AtomicLong taken = new AtomicLong();

        /** @return false if the budget does not suffice; then nothing was taken */
        boolean take(int bytes) {
            if (usedBytes.addAndGet(bytes) > limitBytes) {
                usedBytes.addAndGet(-bytes);
                return false;
            }
            taken.addAndGet(bytes);
            return true;
        }

        /** Gives everything back. May be called twice. */
        void close() {
            usedBytes.addAndGet(-taken.getAndSet(0));
        }
    }
}
