/** Tests of the module serve; {@link ai.facet.serve.GoldenBundle} is what they run. */
@NullMarked
package ai.facet.serve;

import org.jspecify.annotations.NullMarked;
