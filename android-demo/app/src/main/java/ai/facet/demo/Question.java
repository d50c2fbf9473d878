package ai.facet.demo;

import ai.facet.prediction.Prediction;
import android.graphics.Bitmap;
import org.jspecify.annotations.Nullable;

/**
 * A picture that is asked about, perhaps several times. Its pixels are in memory only while it is read: what stays is a
 * preview and the network's input, so asking again needs neither the other app nor its file. For the worker's thread, except
 * {@link #others} and {@link #readable}.
 */
final class Question {
    /** Of the preview's longer side; Android refuses to draw bitmaps of more than 100 MB. */
    static final int PREVIEW_PX = 1600;

    private static final double NANOS_PER_MILLI = 1e6;

    /** Where a picture comes from. */
    interface Source {
        /** The encoded picture. Called once, unless it fails. */
        byte[] read() throws Failure;

        /** Instead of {@link #read} if nobody wants to know any more. */
        default void drop() {}
    }

    private final Source source;
    private final int others;
    private byte @Nullable [] encoded;
    private byte @Nullable [] input;
    private @Nullable Bitmap preview;
    private double decodeMillis;
    private volatile boolean readable = true;

    /** @param others how many more pictures were shared together with this one */
    Question(Source source, int others) {
        this.source = source;
        this.others = others;
    }

    /** How many more pictures were shared together with this one. */
    int others() {
        return others;
    }

    /** False once it turned out to be no picture. */
    boolean readable() {
        return readable;
    }

    /** Lets the source clean up. */
    void drop() {
        if (encoded == null && input == null) {
            source.drop();
        }
    }

    /**
     * Reads and decodes the picture if that is still to be done.
     *
     * @param model null while there is none: then the encoded picture stays for the next time
     * @return small enough to be drawn
     */
    Bitmap prepare(@Nullable PhoneModel model) throws Failure {
        if (preview != null && (input != null || model == null)) {
            return preview;
        }
        long begin = System.nanoTime();
        byte[] bytes = encoded != null ? encoded : read();
        encoded = bytes;
        Bitmap whole = decode(bytes);
        decodeMillis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        Bitmap small = preview(whole);
        input = model == null ? null : model.input(new BitmapRows(whole));
        if (input != null) {
            encoded = null;
        }
        if (small != whole) {
            whole.recycle();
        }
        preview = small;
        return small;
    }

    private byte[] read() throws Failure {
        try {
            return source.read();
        } catch (Failure e) {
            readable = false;
            throw e;
        }
    }

    private Bitmap decode(byte[] bytes) throws Failure {
        try {
            return PictureReader.decode(bytes);
        } catch (Failure e) {
            readable = false;
            encoded = null;
            throw e;
        }
    }

    /** For eyes; the network gets all pixels. */
    private static Bitmap preview(Bitmap whole) {
        double scale = PREVIEW_PX / (double) Math.max(whole.getWidth(), whole.getHeight());
        if (scale >= 1) {
            return whole;
        }
        int widthPx = (int) Math.max(1, Math.round(whole.getWidth() * scale));
        int heightPx = (int) Math.max(1, Math.round(whole.getHeight() * scale));
        return Bitmap.createScaledBitmap(whole, widthPx, heightPx, true);
    }

    /** Asks a model; after {@link #prepare} with it. */
    Asker.Answer answer(PhoneModel model) throws Failure {
        if (input == null) {
            throw new IllegalStateException("not prepared");
        }
        long begin = System.nanoTime();
        Prediction prediction = model.answer(input);
        return new Asker.Answer(prediction, decodeMillis, (System.nanoTime() - begin) / NANOS_PER_MILLI);
    }
}
