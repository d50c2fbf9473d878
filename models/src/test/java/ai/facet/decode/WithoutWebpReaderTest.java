package ai.facet.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inside DJL Serving the thin jar has no TwelveMonkeys beside it. */
final class WithoutWebpReaderTest {
    @Test
    void everythingButWebpIsDecoded() throws Exception {
        try (URLClassLoader loader = withoutTwelveMonkeys()) {
            assertThat(decode(loader, "rgb-420.jpg")).isNotNull();
            assertThat(decode(loader, "rgba.png")).isNotNull();
            assertThatThrownBy(() -> decode(loader, "lossy-soft.webp"))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasToString(
                            "ai.facet.decode.ImageDecodeException: lossy-soft.webp is a WebP picture; expected JPEG,"
                                    + " PNG, BMP or GIF, as the WebP reader (com.twelvemonkeys.imageio:imageio-webp) is not on"
                                    + " the class path");
        }
    }

    private static Object decode(ClassLoader loader, String file) throws ReflectiveOperationException {
        Class<?> limits = loader.loadClass("ai.facet.decode.DecodeLimits");
        Class<?> decoder = loader.loadClass("ai.facet.decode.ImageDecoder");
        Object instance = decoder.getConstructor(limits)
                .newInstance(limits.getField("DEFAULT").get(null));
        return decoder.getMethod("decode", byte[].class, String.class).invoke(instance, ImageGoldens.bytes(file), file);
    }

    private static URLClassLoader withoutTwelveMonkeys() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("twelvemonkeys")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
