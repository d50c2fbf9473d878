/** Tests of decoding, and the golden pictures that other tests share. */
@NullMarked
package ai.facet.decode;

import org.jspecify.annotations.NullMarked;
