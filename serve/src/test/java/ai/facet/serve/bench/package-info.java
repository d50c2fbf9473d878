/** Tests of {@code ai.facet.serve.bench}: that everything is counted, not how fast it is. */
@NullMarked
package ai.facet.serve.bench;

import org.jspecify.annotations.NullMarked;
