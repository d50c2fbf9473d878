/**
 * {@code facet bench export}: how fast the artifacts of one network are, beside the Block and beside Python's road.
 *
 * <p>Read {@code Workload} first (what is computed), then {@code Contender} and its kinds {@code RoadContender} (libtorch),
 * {@code OnnxContender} and {@code PythonContender}, which {@code Contenders} opens; {@link ai.facet.bench.Alternation}
 * lets them take turns.
 */
@NullMarked
package ai.facet.export.bench;

import org.jspecify.annotations.NullMarked;
