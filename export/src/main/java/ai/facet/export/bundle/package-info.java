/**
 * The folder that {@code facet export} leaves: every artifact of one model, checked before it gets its name.
 *
 * <p>Reading order: {@link ai.facet.export.bundle.BundleExporter}, {@link ai.facet.export.bundle.BundleOptions},
 * {@code ExplainArtifact}, {@code HalfArtifact}, {@code Int8Artifact}, {@code Roads}, {@code StagedFolder},
 * {@code ServingProperties}, {@code ModelCard}, {@link ai.facet.export.bundle.ExportSummary}.
 */
@NullMarked
package ai.facet.export.bundle;

import org.jspecify.annotations.NullMarked;
