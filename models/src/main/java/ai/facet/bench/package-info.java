/**
 * What the {@code bench} commands of all modules share: contenders take turns, and a Python process may be one of them.
 *
 * <p>Reading order: {@link ai.facet.bench.Timed}, {@link ai.facet.bench.Alternation},
 * {@link ai.facet.bench.BenchModel}, {@link ai.facet.bench.PythonProcess}, and beside them {@code pytorch_network.py}.
 */
@NullMarked
package ai.facet.bench;

import org.jspecify.annotations.NullMarked;
