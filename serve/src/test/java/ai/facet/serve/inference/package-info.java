/** Tests of inference with the golden bundle. */
@NullMarked
package ai.facet.serve.inference;

import org.jspecify.annotations.NullMarked;
