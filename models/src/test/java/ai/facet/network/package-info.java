@NullMarked
package ai.facet.network;

import org.jspecify.annotations.NullMarked;
