/**
 * The models of a server while it runs: found in a folder, loaded, replaced and let go without losing a request.
 *
 * <p>A model folder holds bundles of {@code facet export}, as {@code NAME/} (served as version 1) or as
 * {@code NAME/VERSION/}, where a version is a whole number from 1. Folders whose names begin with a dot are skipped.
 *
 * <p>Reading order: {@link ai.facet.serve.registry.ModelId}, {@link ai.facet.serve.registry.LoadedModel} (open as long
 * as anybody holds it), {@link ai.facet.serve.registry.ModelRegistry} (what is served now),
 * {@link ai.facet.serve.registry.ModelLoader} (from a bundle to a warm, verified model),
 * {@link ai.facet.serve.registry.ModelFolder} (what lies in the folder), {@link ai.facet.serve.registry.FolderModels}
 * (brings the two together), {@link ai.facet.serve.registry.LoadObserver}.
 */
@NullMarked
package ai.facet.serve.registry;

import org.jspecify.annotations.NullMarked;
