/**
 * Graph to a TorchScript archive, written byte by byte: no PyTorch is involved.
 *
 * <p>The archive is a zip whose records are stored, not compressed, each beginning at a multiple of 64 bytes, so that
 * readers can map weights into memory. Under one folder, {@code model/}: {@code data.pkl} (the module's attributes in
 * pickle protocol 2), {@code code/__torch__.py} (one class with {@code forward}), {@code data/0..n} (weights, float32
 * little-endian), {@code constants.pkl} (an empty tuple), {@code byteorder}, {@code version}, and {@code extra/}.
 *
 * <p>Reading order: {@link ai.facet.export.torchscript.TorchScriptWriter}, {@code TorchCode}, {@code TorchPickle},
 * {@code StoredZip}.
 */
@NullMarked
package ai.facet.export.torchscript;

import org.jspecify.annotations.NullMarked;
