/**
 * Java processes beside this one, for work whose crash, hang or memory must not be this one's.
 *
 * <p>Reading order: {@link ai.facet.process.ChildJvm}, {@link ai.facet.process.EndWithParent};
 * {@link ai.facet.process.Processor} says what they run on.
 */
@NullMarked
package ai.facet.process;

import org.jspecify.annotations.NullMarked;
