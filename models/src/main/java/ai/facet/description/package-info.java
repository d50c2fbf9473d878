/**
 * The one JSON document that makes a model self-contained. It lies in the checkpoint, in the bundle as
 * {@code model.json}, in {@code metadata_props["facet.model"]} of the ONNX file and in {@code extra/facet.json} of the
 * TorchScript archive.
 *
 * <p>Format, version 1: {@code formatVersion} (1), {@code name}, {@code attributes} (see
 * {@link ai.facet.schema.AttributeSchema}), {@code preprocessing} (see {@link ai.facet.preprocess.Preprocessing}),
 * {@code network} (see {@link ai.facet.network.NetworkSpec}), {@code calibration} (per attribute id an object with
 * {@code temperature} and, if one was chosen, {@code unsureBelow}), {@code provenance} (a free object: data hash, split, seed,
 * versions, metrics; never file names), {@code licence}.
 *
 * <p>Reading order: {@link ai.facet.description.ModelDescription}, {@link ai.facet.description.Calibration}.
 */
@NullMarked
package ai.facet.description;

import org.jspecify.annotations.NullMarked;
