/** Tests of {@code ai.facet.serve.registry}: models that come, change and go. */
@NullMarked
package ai.facet.serve.registry;

import org.jspecify.annotations.NullMarked;
