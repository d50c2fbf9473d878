/**
 * From a DJL Block to a {@link ai.facet.export.graph.Graph}, through DJL's public API only: the Block's own
 * {@code forward} runs on an array that looks like DJL's and writes down what is asked of it.
 *
 * <p>Reading order: {@link ai.facet.export.trace.BlockInput}, {@link ai.facet.export.trace.BlockTracer}, {@code Recording}, {@code SymbolicArray},
 * {@code Operations} (the table of what is supported), {@code Call}, {@code TraceMerge}, {@code BlockLocator},
 * {@link ai.facet.export.trace.TraceException}.
 */
@NullMarked
package ai.facet.export.trace;

import org.jspecify.annotations.NullMarked;
