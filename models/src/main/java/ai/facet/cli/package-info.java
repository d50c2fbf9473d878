/**
 * What the command-line programs of all modules share: exit codes, error lines, progress, version.
 *
 * <p>Reading order: {@link ai.facet.cli.FacetCommands}, {@link ai.facet.cli.ExitCodes},
 * {@link ai.facet.cli.UserException}, {@link ai.facet.cli.Progress}, {@link ai.facet.cli.Terminal}.
 */
@NullMarked
package ai.facet.cli;

import org.jspecify.annotations.NullMarked;
