@NullMarked
package ai.facet.train.synth;

import org.jspecify.annotations.NullMarked;
