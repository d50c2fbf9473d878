@NullMarked
package ai.facet.serve.evaluate;

import org.jspecify.annotations.NullMarked;
