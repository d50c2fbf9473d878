/**
 * Decoded pictures as plain pixels, free of AWT and Android types.
 *
 * <p>Reading order: {@link ai.facet.image.PixelRows}, {@link ai.facet.image.RgbImage},
 * {@link ai.facet.image.Box}.
 */
@NullMarked
package ai.facet.image;

import org.jspecify.annotations.NullMarked;
