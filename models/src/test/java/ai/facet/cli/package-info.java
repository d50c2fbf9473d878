/** Tests of what the commands share. */
@NullMarked
package ai.facet.cli;

import org.jspecify.annotations.NullMarked;
