/** Bundles that somebody damaged or forged: clear messages, no crash, no hang. */
@NullMarked
package ai.facet.export.fuzz;

import org.jspecify.annotations.NullMarked;
