/** Tests of batching. */
@NullMarked
package ai.facet.serve.batch;

import org.jspecify.annotations.NullMarked;
