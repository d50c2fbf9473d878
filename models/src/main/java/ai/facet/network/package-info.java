/**
 * What a network looks like, as values that travel inside the model; the DJL Blocks are built from them.
 *
 * <p>Reading order: {@link ai.facet.network.NetworkSpec}.
 */
@NullMarked
package ai.facet.network;

import org.jspecify.annotations.NullMarked;
