package ai.facet.demo;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.net.Uri;
import android.os.ParcelFileDescriptor;
import java.io.File;
import java.io.FileNotFoundException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lends the camera app one file of this app's cache to write into, and nothing else. */
public final class CaptureProvider extends ContentProvider {
    static final Uri PICTURE = Uri.parse("content://ai.facet.demo.capture/picture.jpg");
    private static final String NAME = "capture.jpg";

    /** The file behind {@link #PICTURE}. */
    static File file(Context context) {
        return new File(context.getCacheDir(), NAME);
    }

    /** Deletes what the camera app wrote and nobody asked about. */
    static void forget(Context context) {
        file(context).delete();
    }

    /** What the camera app wrote; gone once it is read. */
    record Capture(Context context) implements Question.Source {
        @Override
        public byte[] read() throws Failure {
            try {
                return PictureReader.bytes(context.getContentResolver(), PICTURE);
            } finally {
                forget(context);
            }
        }

        @Override
        public void drop() {
            forget(context);
        }
    }

    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException {
        if (!PICTURE.equals(uri)) {
            throw new FileNotFoundException(uri + "; expected " + PICTURE);
        }
        return ParcelFileDescriptor.open(
                file(Objects.requireNonNull(getContext())), ParcelFileDescriptor.parseMode(mode));
    }

    @Override
    public String getType(Uri uri) {
        return "image/jpeg";
    }

    @Override
    public @Nullable Cursor query(
            Uri uri,
            String @Nullable [] projection,
            @Nullable String selection,
            String @Nullable [] arguments,
            @Nullable String order) {
        return null;
    }

    @Override
    public @Nullable Uri insert(Uri uri, @Nullable ContentValues values) {
        throw new UnsupportedOperationException("read and written as a file only");
    }

    @Override
    public int delete(Uri uri, @Nullable String selection, String @Nullable [] arguments) {
        throw new UnsupportedOperationException("read and written as a file only");
    }

    @Override
    public int update(
            Uri uri, @Nullable ContentValues values, @Nullable String selection, String @Nullable [] arguments) {
        throw new UnsupportedOperationException("read and written as a file only");
    }
}
