@NullMarked
package ai.facet.blocks;

import org.jspecify.annotations.NullMarked;
