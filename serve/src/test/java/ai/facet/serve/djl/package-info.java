/** Tests of the translator for DJL Serving. */
@NullMarked
package ai.facet.serve.djl;

import org.jspecify.annotations.NullMarked;
