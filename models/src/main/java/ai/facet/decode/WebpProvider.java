package ai.facet.decode;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import javax.imageio.spi.ImageReaderSpi;

/** The only class that names TwelveMonkeys: inside DJL Serving it is absent, and loading this class fails. */
final class WebpProvider {
    private WebpProvider() {}

    static ImageReaderSpi create() {
        return new WebPImageReaderSpi();
    }
}
