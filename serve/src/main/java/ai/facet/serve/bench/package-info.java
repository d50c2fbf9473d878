/**
 * {@code facet bench serve}: how much a model answers for each second of a processor, in this process and over HTTP, and how
 * long clients wait. The server runs in a process of its own, so that its processor time can be told from the generator's.
 *
 * <p>Reading order: {@link ai.facet.serve.bench.BenchCommand}, {@link ai.facet.serve.bench.BenchServeCommand},
 * {@code BenchPictures}, {@code InProcess}, {@code ServerProcess}, {@code HttpLoad}, {@code HttpConnection},
 * {@code LoadResult}, {@code BatchSizes}, {@code ServeReport}.
 */
@NullMarked
package ai.facet.serve.bench;

import org.jspecify.annotations.NullMarked;
