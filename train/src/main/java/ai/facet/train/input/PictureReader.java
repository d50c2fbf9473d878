package ai.facet.train.input;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageLook;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.files.Sha256;
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

    /** Like {@link #read}, and says what tells the picture apart from others. Decodes twice: rows come only once. */
    public ImageFingerprint readAndFingerprint(AnnotatedImage image, byte[] pixelsHwc) throws IOException {
        return named(image, bytes -> {
            String name = image.path().toString();
            pipeline.apply(decoder.decode(bytes, name), image.box(), pixelsHwc, 0);
            return new ImageFingerprint(Sha256.of(bytes), ImageLook.of(decoder.decode(bytes, name)));
        });
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
            throw new IOException(image.place() + ": " + e.getMessage(), e);
        }
    }
}
