package ai.facet.demo;

import android.content.ContentResolver;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What another app shares: an intent of anybody's making. Only addresses of other apps' providers count; a file's address, or
 * one of this app's own provider, could be that of a file which this app may read and the other may not.
 */
final class SharedPictures {
    private SharedPictures() {}

    /** Whether this asks about pictures; not if it is an old question that comes back from the list of recent apps. */
    static boolean isShare(@Nullable Intent intent) {
        return intent != null
                && (Intent.ACTION_SEND.equals(intent.getAction())
                        || Intent.ACTION_SEND_MULTIPLE.equals(intent.getAction()))
                && (intent.getFlags() & Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY) == 0;
    }

    /** The pictures' addresses; perhaps none. */
    @SuppressWarnings("deprecation") // the typed forms are API 33, and they throw on what is of another type
    static List<Uri> of(Intent intent) {
        List<Uri> pictures = new ArrayList<>();
        try {
            Bundle extras = intent.getExtras();
            Object stream = extras == null ? null : extras.get(Intent.EXTRA_STREAM);
            for (Object each : stream instanceof List<?> several ? several : List.of(stream == null ? "" : stream)) {
                if (each instanceof Uri uri && isOthers(uri)) {
                    pictures.add(uri);
                }
            }
        } catch (RuntimeException e) { // extras of a class that this app does not know cannot even be looked at
            return List.of();
        }
        return pictures;
    }

    private static boolean isOthers(Uri uri) {
        String authority = String.valueOf(uri.getAuthority());
        String provider = authority.substring(authority.lastIndexOf('@') + 1); // "10@provider" is that of another user
        return ContentResolver.SCHEME_CONTENT.equals(uri.getScheme())
                && !provider.equals(CaptureProvider.PICTURE.getAuthority());
    }
}
