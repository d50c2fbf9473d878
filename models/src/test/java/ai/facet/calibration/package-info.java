@NullMarked
package ai.facet.calibration;

import org.jspecify.annotations.NullMarked;
