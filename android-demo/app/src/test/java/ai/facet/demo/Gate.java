package ai.facet.demo;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A file of another app that takes long to come: until {@link #open}. */
final class Gate {
    private static final int WAIT_SECONDS = 30;

    private final byte[] content;
    private final CountDownLatch reader = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    Gate(byte[] content) {
        this.content = content;
    }

    /** For any number of readers. */
    InputStream stream() {
        return new FilterInputStream(new ByteArrayInputStream(content)) {
            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                reader.countDown();
                try {
                    if (!opened.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                        throw new IOException("nobody opened the gate");
                    }
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                return super.read(to, offset, length);
            }
        };
    }

    /** Until somebody waits at the gate. */
    void awaitReader() throws InterruptedException {
        if (!reader.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody reads");
        }
    }

    /** Lets every reader through. */
    void open() {
        opened.countDown();
    }
}
