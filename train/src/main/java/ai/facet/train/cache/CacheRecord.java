package ai.facet.train.cache;

import ai.facet.annotations.ImageLook;
import ai.facet.image.Box;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a record says before its pixels; see the package description.
 *
 * @param pixelsChecksum CRC-32C of the pixels
 */
record CacheRecord(PictureKey key, ImageLook look, int pixelsChecksum) {
    static final int HEAD_BYTES = 64 + ImageLook.BYTES;

    private static final int MAGIC = 'P' | 'I' << 8 | 'C' << 16 | '1' << 24;
    private static final int CHECKED_FROM = 8;
    private static final int HASH_AT = 32;
    private static final int HASH_BYTES = 32;
    private static final int LOOK_AT = HASH_AT + HASH_BYTES;

    static CacheRecord of(PictureKey key, ImageLook look, byte[] pixelsHwc, int pictureBytes) {
        return new CacheRecord(key, look, checksum(pixelsHwc, 0, pictureBytes));
    }

    /** Whether these are the pixels that were written. */
    boolean holds(byte[] pixelsHwc, int pictureBytes) {
        return checksum(pixelsHwc, 0, pictureBytes) == pixelsChecksum;
    }

    /** The record with its pixels. */
    ByteBuffer toBytes(byte[] pixelsHwc, int pictureBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + pictureBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(0).putInt(pixelsChecksum);
        Box box = key.box();
        bytes.putInt(box == null ? 0 : 1);
        if (box != null) {
            bytes.putInt(box.x()).putInt(box.y()).putInt(box.widthPx()).putInt(box.heightPx());
        }
        bytes.position(HASH_AT);
        bytes.put(HexFormat.of().parseHex(key.contentHash())).put(look.toBytes());
        bytes.put(pixelsHwc, 0, pictureBytes);
        bytes.putInt(Integer.BYTES, checksum(bytes.array(), CHECKED_FROM, HEAD_BYTES - CHECKED_FROM));
        return bytes.flip();
    }

    /** Reads the first {@value #HEAD_BYTES} bytes of a record; null if they do not hold. */
    static @Nullable CacheRecord of(byte[] head) {
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) != MAGIC
                || bytes.getInt(Integer.BYTES) != checksum(head, CHECKED_FROM, HEAD_BYTES - CHECKED_FROM)) {
            return null;
        }
        bytes.position(CHECKED_FROM);
        int pixelsChecksum = bytes.getInt();
        Box box = bytes.getInt() == 0 ? null : new Box(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt());
        String hash = HexFormat.of().formatHex(head, HASH_AT, HASH_AT + HASH_BYTES);
        byte[] look = new byte[ImageLook.BYTES];
        bytes.get(LOOK_AT, look);
        return new CacheRecord(new PictureKey(hash, box), ImageLook.ofBytes(look), pixelsChecksum);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
