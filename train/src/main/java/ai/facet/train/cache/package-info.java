/**
 * The packed cache: decoded pictures that outlive a run ({@code facet train --cache FOLDER}). The folder (0700) holds one
 * file for each way to make pixels, {@code pictures-96x96-letterbox-1a2b3c4d.facet-cache}, and beside it a
 * {@code .lock} that is held while somebody adds pictures.
 *
 * <h2>The file, format version 1</h2>
 *
 * Integers are 32-bit, lowest byte first. Checksums are CRC-32C (Castagnoli, RFC 3720).
 *
 * <p>Header, 4,096 bytes; written under another name and renamed, so it is there whole or not at all:
 *
 * <table border="1">
 *   <caption>header</caption>
 *   <tr><th>offset</th><th>length</th><th>content</th></tr>
 *   <tr><td>0</td><td>8</td><td>{@code FACETPIX} in ASCII</td></tr>
 *   <tr><td>8</td><td>4</td><td>format version, 1</td></tr>
 *   <tr><td>12</td><td>4</td><td>bytes of the header, 4096</td></tr>
 *   <tr><td>16</td><td>4</td><td>bytes of a record, 840 + 3 * width * height</td></tr>
 *   <tr><td>20</td><td>4</td><td>bytes of the contract, n</td></tr>
 *   <tr><td>24</td><td>n</td><td>the contract: JSON in UTF-8 with {@code widthPx}, {@code heightPx}, {@code fit},
 *       {@code filter}, {@code pad} as in {@link ai.facet.preprocess.Preprocessing}, and {@code decoding}, a number that
 *       rises when decoding or resizing changes any value. Mean and deviation are absent: the network applies
 *       them</td></tr>
 *   <tr><td>24 + n</td><td></td><td>zeros</td></tr>
 *   <tr><td>4092</td><td>4</td><td>checksum of the 4,092 bytes before</td></tr>
 * </table>
 *
 * <p>Then records, one after another, in any order:
 *
 * <table border="1">
 *   <caption>record</caption>
 *   <tr><th>offset</th><th>length</th><th>content</th></tr>
 *   <tr><td>0</td><td>4</td><td>{@code PIC1} in ASCII</td></tr>
 *   <tr><td>4</td><td>4</td><td>checksum of bytes 8 to 839</td></tr>
 *   <tr><td>8</td><td>4</td><td>checksum of the pixels</td></tr>
 *   <tr><td>12</td><td>4</td><td>1 if a box of the picture is used, 0 for all of it</td></tr>
 *   <tr><td>16</td><td>16</td><td>the box: x, y, width, height; zeros without</td></tr>
 *   <tr><td>32</td><td>32</td><td>SHA-256 of the picture's file</td></tr>
 *   <tr><td>64</td><td>776</td><td>{@link ai.facet.annotations.ImageLook#toBytes}, of the whole picture</td></tr>
 *   <tr><td>840</td><td>3 * width * height</td><td>pixels, row by row, red first</td></tr>
 * </table>
 *
 * A record counts only if both checksums hold; any other is free space, to be written again. So a killed process, a full
 * disk or a power cut costs the pictures that were being added and nothing else. What is after the last whole record is
 * ignored.
 *
 * <h2>Who may do what</h2>
 *
 * Anybody reads at any time without a lock. Who adds pictures holds the lock, first reads what others have added since,
 * and never changes a record that holds.
 *
 * <p>Reading order: {@link ai.facet.train.cache.CacheHeader}, {@link ai.facet.train.cache.PictureKey}, {@link ai.facet.train.cache.CacheRecord},
 * {@link ai.facet.train.cache.CacheFile}, {@link ai.facet.train.cache.CacheLock},
 * {@link ai.facet.train.cache.CacheIndex}, {@link ai.facet.train.cache.MappedRecords},
 * {@link ai.facet.train.cache.PackedCache}.
 */
@NullMarked
package ai.facet.train.cache;

import org.jspecify.annotations.NullMarked;
