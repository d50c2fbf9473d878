package ai.facet.train.input;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.ImageLook;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Reads a picture's file, decodes it and fits it to the network's input. Thread-safe. */
public final class PictureReader {
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);
    private final PixelPipeline pipeline;

    public PictureReader(Preprocessing preprocessing) {
        this.pipeline = new PixelPipeline(preprocessing);
    }

    /**
     * Reads one picture.
     *
     * @param pixelsHwc receives {@code [height, width, 3]} bytes
     * @throws IOException whose message names the CSV's line, the file and what is wrong
     */
    public void read(AnnotatedImage image, byte[] pixelsHwc) throws IOException {
        named(image, bytes -> {
            pipeline.apply(decoder.decode(bytes, image.path().toString()), image.box(), pixelsHwc, 0);
            return pixelsHwc;
        });
    }

    /** The bytes of a picture's file, at most as many as may be decoded. */
    byte[] bytes(AnnotatedImage image) throws IOException {
        return named(image, bytes -> bytes);
    }

    /**
     * Like {@link #read} from bytes that are already here, and says how the picture looks. Decodes twice: rows come only
     * once.
     */
    ImageLook decode(AnnotatedImage image, byte[] bytes, byte[] pixelsHwc) throws IOException {
        String name = image.path().toString();
        try {
            pipeline.apply(decoder.decode(bytes, name), image.box(), pixelsHwc, 0);
            return ImageLook.of(decoder.decode(bytes, name));
        } catch (IOException | IllegalArgumentException e) {
            throw at(image, e);
        }
    }

    /** Something done with a file's bytes. */
    @FunctionalInterface
    private interface FromBytes<T> {
        T apply(byte[] bytes) throws IOException;
    }

    private <T> T named(AnnotatedImage image, FromBytes<T> action) throws IOException {
        try {
            return action.apply(decoder.read(image.path()));
        } catch (NoSuchFileException e) {
            throw new IOException(image.place() + ": " + image.path() + " does not exist", e);
        } catch (IOException | IllegalArgumentException e) {
            throw at(image, e);
        }
    }

    private static IOException at(AnnotatedImage image, Exception e) {
        return new IOException(image.place() + ": " + e.getMessage(), e);
    }
}
