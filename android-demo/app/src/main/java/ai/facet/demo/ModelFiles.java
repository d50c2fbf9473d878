package ai.facet.demo;

import android.content.res.AssetManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files that {@code facet export --android} put into the app. */
interface ModelFiles {
    /** Where they lie among the assets. */
    String FOLDER = "model";

    /** A whole file; nothing if it is not there. */
    Optional<byte[]> read(String name) throws IOException;

    /** Those of the app. */
    static ModelFiles of(AssetManager assets) {
        return name -> {
            String @Nullable [] there = assets.list(FOLDER);
            if (there == null || !Arrays.asList(there).contains(name)) {
                return Optional.empty();
            }
            try (InputStream in = assets.open(FOLDER + "/" + name)) {
                return Optional.of(all(in, Integer.MAX_VALUE).toByteArray());
            }
        };
    }

    /** What a stream holds, or a little more than the limit if it holds more; its own word on its size is not believed. */
    static ByteArrayOutputStream all(InputStream in, int limit) throws IOException {
        byte[] chunk = new byte[1 << 16];
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(Math.max(chunk.length, Math.min(in.available(), limit)));
        for (int count = in.read(chunk); count >= 0 && bytes.size() <= limit; count = in.read(chunk)) {
            bytes.write(chunk, 0, count);
        }
        return bytes;
    }
}
