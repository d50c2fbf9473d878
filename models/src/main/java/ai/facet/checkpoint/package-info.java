/**
 * Weights in one file, in the safetensors format, which carries no code and is checked completely before use.
 *
 * <p>Layout: 8 bytes little-endian header length; a JSON header of that length, padded with spaces to a multiple of 8;
 * then the data section. The header maps each tensor's name to {@code dtype} (F32, I64, I32, U8), {@code shape} and
 * {@code data_offsets} (begin and end in the data section, in the order of the names, without gaps), and
 * {@code __metadata__} to an object of strings.
 *
 * <p>Facet's metadata: {@code facet.model}, the model description; {@code facet.state}, a JSON object of the trainer
 * (absent in files that are not resumable); {@code sha256}, the hash of the JSON header, with 64 zeros in place of the hash
 * itself, followed by the data section. Facet's tensors: {@code weights/<parameter path>}, and {@code optimizer/...} and
 * others that the trainer owns. Format history: only this one.
 *
 * <p>Reading order: {@link ai.facet.checkpoint.Checkpoint}, {@link ai.facet.checkpoint.Tensor},
 * {@link ai.facet.checkpoint.SafetensorsWriter}, {@link ai.facet.checkpoint.SafetensorsReader},
 * {@link ai.facet.checkpoint.CheckpointException}.
 */
@NullMarked
package ai.facet.checkpoint;

import org.jspecify.annotations.NullMarked;
