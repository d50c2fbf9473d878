/**
 * Which questions a model answers: ordered attributes, each with ordered classes.
 *
 * <p>Reading order: {@link ai.facet.schema.Attribute}, {@link ai.facet.schema.AttributeSchema}.
 */
@NullMarked
package ai.facet.schema;

import org.jspecify.annotations.NullMarked;
