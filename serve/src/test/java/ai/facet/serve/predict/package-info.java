/** Tests of the command predict. */
@NullMarked
package ai.facet.serve.predict;

import org.jspecify.annotations.NullMarked;
