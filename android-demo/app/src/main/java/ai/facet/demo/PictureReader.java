package ai.facet.demo;

import android.content.ContentResolver;
import android.graphics.Bitmap;
import android.graphics.ColorSpace;
import android.graphics.ImageDecoder;
import android.net.Uri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Pictures as the trainer saw them: whole, upright (EXIF), in sRGB. They are never decoded smaller, because what that does to
 * pixels is each decoder's own affair.
 */
final class PictureReader {
    static final int MAX_BYTES = 32 << 20;
    static final int MAX_PIXELS = 40_000_000;

    private PictureReader() {}

    /** The bytes behind an address. */
    static byte[] bytes(ContentResolver resolver, Uri uri) throws Failure {
        try (InputStream in = resolver.openInputStream(uri)) {
            if (in == null) {
                throw new Failure(R.string.error_open, uri.getAuthority());
            }
            ByteArrayOutputStream bytes = ModelFiles.all(in, MAX_BYTES);
            if (bytes.size() > MAX_BYTES) {
                throw new Failure(R.string.error_picture_bytes, MAX_BYTES >> 20);
            }
            return bytes.toByteArray();
        } catch (IOException | RuntimeException e) { // other apps' providers throw anything
            throw new Failure(R.string.error_open, String.valueOf(e.getMessage()));
        }
    }

    /** Decodes a picture: JPEG, PNG, WebP, GIF, BMP, HEIF, whatever the phone can read. */
    static Bitmap decode(byte[] encoded) throws Failure {
        int[] size = new int[2];
        try {
            return ImageDecoder.decodeBitmap(
                    ImageDecoder.createSource(ByteBuffer.wrap(encoded)), (decoder, info, source) -> {
                        size[0] = info.getSize().getWidth();
                        size[1] = info.getSize().getHeight();
                        if ((long) size[0] * size[1] > MAX_PIXELS) {
                            throw new TooLarge();
                        }
                        decoder.setAllocator(ImageDecoder.ALLOCATOR_SOFTWARE);
                        decoder.setTargetColorSpace(ColorSpace.get(ColorSpace.Named.SRGB));
                        decoder.setOnPartialImageListener(problem -> false);
                    });
        } catch (TooLarge e) {
            throw new Failure(R.string.error_picture_pixels, size[0], size[1], MAX_PIXELS / 1_000_000);
        } catch (ImageDecoder.DecodeException e) {
            if (e.getError() == ImageDecoder.DecodeException.SOURCE_INCOMPLETE) {
                throw new Failure(R.string.error_picture_cut);
            }
            throw new Failure(R.string.error_picture);
        } catch (IOException | RuntimeException e) { // phones' own decoders throw anything
            throw new Failure(R.string.error_picture);
        }
    }

    /** Ends decoding before the pixels get memory. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
