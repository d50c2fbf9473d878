/**
 * From an encoded picture of unknown origin to upright 8-bit sRGB pixels, or a clear refusal. The desktop's
 * package: it uses ImageIO for the compressed data of JPEG, and TwelveMonkeys' pure-Java reader for WebP
 * where it is present. Our own header readers see every file first, so that its size is checked before anything is
 * allocated. The rules that every platform shares stand in {@code docs/adr/0003-pixels.md}.
 *
 * <p>Reading order: {@link ai.facet.decode.ImageDecoder}, {@link ai.facet.decode.DecodeLimits},
 * {@link ai.facet.decode.ImageDecodeException}, {@link ai.facet.decode.ImageFormat},
 * {@link ai.facet.decode.JpegHeader}, {@link ai.facet.decode.JpegDecoder}, {@link ai.facet.decode.Cmyk},
 * {@link ai.facet.decode.PngChunks}, {@link ai.facet.decode.PngDecoder}, {@link ai.facet.decode.PngRow},
 * {@link ai.facet.decode.BmpDecoder}, {@link ai.facet.decode.GifDecoder}, {@link ai.facet.decode.WebpHeader},
 * {@link ai.facet.decode.WebpDecoder}, {@link ai.facet.decode.ColourProfiles}, {@link ai.facet.decode.IccTransform},
 * {@link ai.facet.decode.Orientation}.
 */
@NullMarked
package ai.facet.decode;

import org.jspecify.annotations.NullMarked;
