package ai.facet.decode;

import java.io.IOException;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Readers of one named ImageIO provider, lent to one caller at a time. The provider is found by its class name, so that
 * a plug-in on the class path cannot take its place. Thread-safe.
 */
final class ReaderPool {
    static final String JPEG = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";

    private final ImageReaderSpi provider;
    private final boolean endIsError;
    private final Queue<ImageReader> idle = new ConcurrentLinkedQueue<>();

    ReaderPool(String providerClass) {
        this(named(providerClass), false);
    }

    /** @param endIsError whether reading past the end is an error at once, see {@link ArrayImageInputStream} */
    ReaderPool(ImageReaderSpi provider, boolean endIsError) {
        this.provider = provider;
        this.endIsError = endIsError;
    }

    /** What is done with a reader. */
    @FunctionalInterface
    interface Use<T> {
        T with(ImageReader reader) throws IOException;
    }

    /**
     * Lends a reader with an input set; after a failure the reader is not used again.
     *
     * @throws ImageDecodeException if the reader or {@code use} fails, with the reader's message
     */
    <T> T lend(byte[] bytes, String name, Use<T> use) throws ImageDecodeException {
        ImageReader reader = null;
        try {
            reader = idle.poll();
            if (reader == null) {
                reader = provider.createReaderInstance(null);
            }
            reader.setInput(new ArrayImageInputStream(bytes, endIsError), false, true);
            T result = use.with(reader);
            reader.reset();
            idle.add(reader);
            reader = null;
            return result;
        } catch (ImageDecodeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Readers answer damaged data with index and argument exceptions as well.
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw ImageDecodeException.damaged(name, "its data cannot be decoded (" + what + ")");
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static ImageReaderSpi named(String providerClass) {
        Iterator<ImageReaderSpi> all =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (all.hasNext()) {
            ImageReaderSpi provider = all.next();
            if (provider.getClass().getName().equals(providerClass)) {
                return provider;
            }
        }
        throw new IllegalStateException(
                "this Java has no " + providerClass + "; expected OpenJDK's java.desktop module");
    }
}
